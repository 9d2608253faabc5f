import { rewriteTexts, type Rewrite, type RewriteText } from '../../../src-main/contract/document.ts';
import type { RecordedRun } from '../../../src-main/contract/run.ts';
import type { LiveRun } from '../runs/live-run.svelte.ts';
import type { LiveRuns } from '../runs/live-runs.svelte.ts';
import { type RunStats, statsAtEnd } from '../runs/run-stats.ts';

/** A text that the model offers for a passage. */
export interface OfferedText extends Pick<
  RewriteText,
  'runId' | 'text' | 'status' | 'endReason' | 'statistics'
> {
  readonly rewriteId: string;
}

/** The texts offered for a passage: the first, and others on request; no two are equal. */
export class RewriteTexts {
  all = $state.raw<readonly OfferedText[]>([]);
  /** Index of the chosen text. */
  at = $state.raw(0);
  /** The rewrite in progress, if any. */
  runningId = $state.raw<string | null>(null);
  /** The figures of the first text. */
  readonly stats = $derived.by((): RunStats | null => {
    const [first] = this.all;
    if (first === undefined) return null;
    return (
      this.#live.of(first.runId ?? undefined)?.stats ?? (first.statistics && statsAtEnd(first.statistics))
    );
  });
  readonly ids: string[] = [];
  readonly #live: LiveRuns;
  readonly #runs: Record<string, readonly RecordedRun[]> = {};

  constructor(live: LiveRuns) {
    this.#live = live;
  }

  get chosen(): OfferedText | undefined {
    return this.all[this.at];
  }

  /** The run whose tokens make up the chosen text; undefined for a further result of a search. */
  get chosenRun(): RecordedRun | undefined {
    const { chosen } = this;
    return chosen && this.#runs[chosen.rewriteId]?.find(({ id }) => id === chosen.runId);
  }

  /** Offers the texts of another rewrite of the passage from now on. */
  begin({ id, runs }: Pick<Rewrite, 'id' | 'runs'>): void {
    this.ids.push(id);
    this.runningId = id;
    for (const run of runs) if (run.status === 'streaming') this.#live.follow(run);
    const known = runs.map((run) => this.#live.ended(run.id) ?? run);
    this.#runs[id] = known;
    const [first] = known;
    const live = this.#live.of(first?.id);
    if (live !== undefined) this.grow(live);
    else if (first !== undefined && this.all.length === 0) this.#offerComplete(id, first);
  }

  /** Offers the first text while further runs are in progress. */
  #offerComplete(rewriteId: string, { id: runId, ...run }: RecordedRun): void {
    const { text, status, endReason, statistics } = run;
    if (status === 'waiting' || text === '') return;
    this.all = [{ rewriteId, runId, text, status, endReason, statistics }];
  }

  changeRun(run: RecordedRun, rewriteId: string): void {
    const runs = this.#runs[rewriteId];
    if (runs !== undefined) this.#runs[rewriteId] = runs.map((known) => (known.id === run.id ? run : known));
  }

  /** Offers the first text while it is generated; others are offered once they are complete. */
  grow({ id: runId, text, preview }: LiveRun): void {
    const rewriteId = this.ids[0] ?? '';
    if (this.#runs[rewriteId]?.[0]?.id !== runId) return;
    const written = { text: text + preview, status: 'streaming', endReason: null, statistics: null } as const;
    this.all = [{ rewriteId, runId, ...written }];
  }

  /**
   * Once all runs of the rewrite `id` have ended, offers its texts, without empty ones and those offered already.
   * Returns all of them; null while a run is in progress, and for a rewrite of another passage.
   */
  settle(id: string): readonly RewriteText[] | null {
    const runs = this.#runs[id];
    if (runs === undefined || runs.some(({ status }) => status === 'waiting' || status === 'streaming'))
      return null;
    if (id === this.runningId) this.runningId = null;
    const texts = rewriteTexts(runs);
    const offered = id === this.ids[0] ? [] : [...this.all];
    for (const { runId, text, status, endReason, statistics } of texts) {
      const known = offered.some((other) => other.text.trim() === text.trim());
      if (known || (text.trim() === '' && offered.length > 0)) continue;
      offered.push({ rewriteId: id, runId, text, status, endReason, statistics });
    }
    this.all = offered;
    return texts;
  }

  /** Chooses the text `offset` places further, cyclically; returns whether that is another one. */
  choose(offset: number): boolean {
    const count = this.all.length;
    if (count < 2) return false;
    this.at = (this.at + offset + count) % count;
    return true;
  }
}
