import { SvelteMap } from 'svelte/reactivity';
import type { Api } from '../../../src-main/contract/api.ts';
import { maximumRewriteAlternatives } from '../../../src-main/contract/document.ts';
import type { RecordedRun, RunOwner } from '../../../src-main/contract/run.ts';
import { type FollowedRun, LiveRun, type Now } from './live-run.svelte.ts';

/** Ended runs remembered, so that a reply under way can't revive one: as many as a rewrite has at most. */
const maxEnded = maximumRewriteAlternatives;

/** What a feature can do about the runs that it owns. */
export interface RunListener {
  /** A run started or ended. */
  readonly changed: (run: RecordedRun) => void;
  /** Events of a run arrived. */
  readonly grown?: (live: LiveRun) => void;
}

/** Every run in progress: routes the events that main pushes to the run with their id. */
export class LiveRuns {
  readonly #running = new SvelteMap<string, LiveRun>();
  /** By id, oldest first; null for a column, whose comparison has the run. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- read when a reply arrives, never shown
  readonly #ended = new Map<string, RecordedRun | null>();
  readonly #listeners: RunListener[] = [];
  readonly #api: Api;
  readonly #now: Now;

  constructor(api: Api, now: Now) {
    this.#api = api;
    this.#now = now;
  }

  /** Subscribes to main; the returned function unsubscribes. */
  listen(): () => void {
    const stops = [
      this.#api.on('run-events', ({ runId, events }) => {
        const live = this.#running.get(runId);
        if (live === undefined) return;
        live.apply(events);
        for (const { grown } of this.#listeners) grown?.(live);
      }),
      this.#api.on('run-changed', ({ run }) => this.#change(run)),
    ];
    return () => stops.forEach((stop) => stop());
  }

  /** The returned function unsubscribes. */
  subscribe(listener: RunListener): () => void {
    this.#listeners.push(listener);
    return () => void this.#listeners.splice(this.#listeners.indexOf(listener), 1);
  }

  /** The run `id` while it runs. */
  of(id: string | undefined): LiveRun | undefined {
    return id === undefined ? undefined : this.#running.get(id);
  }

  /** The run `id` as it ended, if it ended recently and isn't a column's. */
  ended(id: string): RecordedRun | undefined {
    return this.#ended.get(id) ?? undefined;
  }

  /** The first running run with such an owner. */
  find(matches: (owner: RunOwner) => boolean): LiveRun | undefined {
    for (const live of this.#running.values()) if (matches(live.owner)) return live;
    return undefined;
  }

  any(kind: RunOwner['kind']): boolean {
    return this.find((owner) => owner.kind === kind) !== undefined;
  }

  /** Follows a running run that main replied with, unless it is followed already or has ended meanwhile. */
  follow(run: FollowedRun): void {
    if (this.#ended.has(run.id) || this.#running.has(run.id)) return;
    this.#running.set(run.id, new LiveRun(run, this.#now));
  }

  #change(run: RecordedRun): void {
    if (run.status === 'streaming') this.#start(run);
    else {
      this.#running.delete(run.id);
      if (run.status !== 'waiting') this.#remember(run);
    }
    for (const { changed } of this.#listeners) changed(run);
  }

  /** Also a run that was requeued after it had started. */
  #start(run: RecordedRun): void {
    this.#ended.delete(run.id);
    this.follow(run);
  }

  #remember(run: RecordedRun): void {
    this.#ended.set(run.id, run.owner.kind === 'column' ? null : run);
    const oldest = this.#ended.keys().next();
    if (this.#ended.size > maxEnded && oldest.done !== true) this.#ended.delete(oldest.value);
  }
}
