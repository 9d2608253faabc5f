import type { GenerationRequest } from '../contract/generation.ts';
import type { RecordedRun, RunOwner } from '../contract/run.ts';
import type { RunRecorder } from './run-recorder.ts';

/** A run while the engine writes it. */
export interface ActiveRun {
  readonly recorder: RunRecorder;
  /** Resolves when the run has ended in any way; never rejects. */
  readonly ended: Promise<void>;
}

/** What starts the runs of a queue: `Runner`. */
export interface RunStarter {
  /** @throws ForedraftError if the run can't be started */
  start(run: RecordedRun, request: () => GenerationRequest): ActiveRun;
  /** Saves ended runs of this kind of owner that could not be saved before. @throws ForedraftError if it can't */
  saveEnded(kind: RunOwner['kind']): void;
}

/** A waiting run, and its request to the engine. */
export interface QueuedRun {
  readonly run: RecordedRun;
  readonly request: GenerationRequest;
}

export interface QueueOptions {
  /** Whether the next run may start, asked before each; `signal` aborts when the queue becomes empty. Default yes. */
  readonly ready?: (signal: AbortSignal) => Promise<boolean>;
  /** Whether the queue continues after a run that ended like this; default yes. */
  readonly continues?: (ended: RecordedRun) => boolean;
  /** The runs in the queue changed. */
  readonly onChanged?: () => void;
  /** Runs were removed from the queue and will not start; `error` is why the first of them could not. */
  readonly onDropped?: (dropped: readonly QueuedRun[], error?: unknown) => void;
}

/** Waiting runs, started one after another. */
export class RunQueue {
  /** Resolves when nothing is left to run; never rejects. */
  readonly ended: Promise<void>;
  readonly #runner: RunStarter;
  readonly #options: QueueOptions;
  #waiting: readonly QueuedRun[];
  #active: ActiveRun | undefined;
  #wait = new AbortController();
  #closed = false;

  /** Starts the first run on a later tick, after the caller has returned. */
  constructor(runner: RunStarter, queued: readonly QueuedRun[], options: QueueOptions) {
    this.#runner = runner;
    this.#waiting = queued;
    this.#options = options;
    this.ended = this.#runAll();
  }

  /** In order, without the run being written. */
  get waiting(): readonly QueuedRun[] {
    return this.#waiting;
  }

  /** Appends runs that are not queued yet. */
  add(queued: readonly QueuedRun[]): void {
    const known = new Set(this.#waiting.map(({ run }) => run.id));
    this.#setWaiting([...this.#waiting, ...queued.filter(({ run }) => !known.has(run.id))]);
  }

  /** Drops the waiting runs that `matches` and stops the active one if it does; by default all of them. */
  stop(matches: (run: RecordedRun) => boolean = () => true): void {
    this.#drop(({ run }) => matches(run));
    const active = this.#active?.recorder;
    if (active && matches(active.run)) active.stop();
    if (this.#waiting.length === 0) this.#wait.abort();
  }

  /** The program quits: starts nothing more. */
  close(): void {
    this.#closed = true;
    this.#waiting = [];
    this.#wait.abort();
  }

  async #runAll(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) {
      if (await this.#ready()) await this.#runNext();
    }
  }

  async #ready(): Promise<boolean> {
    this.#wait = new AbortController();
    const { signal } = this.#wait;
    const ready = (await this.#options.ready?.(signal)) ?? true;
    if (ready || signal.aborted) return ready && !signal.aborted;
    this.#drop();
    return false;
  }

  async #runNext(): Promise<void> {
    const [next, ...rest] = this.#waiting;
    if (!next) return;
    this.#setWaiting(rest);
    try {
      this.#runner.saveEnded(next.run.owner.kind);
      this.#active = this.#runner.start(next.run, () => next.request);
    } catch (error) {
      // Nothing can be saved, so nothing more is run.
      this.#setWaiting([]);
      this.#options.onDropped?.([next, ...rest], error);
      return;
    }
    const { recorder, ended } = this.#active;
    await ended;
    this.#active = undefined;
    if (this.#options.continues?.(recorder.run) === false) this.#drop();
  }

  #drop(matches: (queued: QueuedRun) => boolean = () => true): void {
    const dropped = this.#waiting.filter(matches);
    this.#setWaiting(this.#waiting.filter((queued) => !matches(queued)));
    if (dropped.length > 0) this.#options.onDropped?.(dropped);
  }

  #setWaiting(waiting: readonly QueuedRun[]): void {
    this.#waiting = waiting;
    if (!this.#closed) this.#options.onChanged?.();
  }
}
