import type { ErrorReport } from '../contract/error.ts';
import { ForedraftError, reportOf } from '../contract/error.ts';
import type {
  EndReason,
  GenerationEvent,
  RescoredEvent,
  Statistics,
  TokenEvent,
} from '../contract/generation.ts';
import type { RecordedRun, RunOwner, RunToken, StartedStatus, TraceEvent } from '../contract/run.ts';
import { applyRescored, runTokenOf } from '../contract/run.ts';
import type { RunProgress } from './run-store.ts';

export interface RecorderOptions {
  /** Maximum age of unsaved text, in milliseconds. */
  readonly saveEveryMs: number;
  /** Maximum number of unsaved tokens and trace events. */
  readonly saveEveryTokens: number;
  /** Delay before a failed save is retried, in milliseconds. */
  readonly retryMs: number;
  /** Monotonic clock, in milliseconds. */
  readonly clock: () => number;
}

/** A killed program loses at most 250 ms of text; 50 of them are left for the commit itself. */
export const defaultRecorderOptions: RecorderOptions = {
  saveEveryMs: 200,
  saveEveryTokens: 20,
  retryMs: 1000,
  clock: () => performance.now(),
};

type Batch = readonly GenerationEvent[];
type RunEnd = Pick<RecordedRun, 'endReason' | 'statistics' | 'error'> & { readonly status: StartedStatus };

/** Records one run: takes each batch of events before it is published, and keeps what can't be saved until it can. */
export class RunRecorder {
  readonly #stored: RecordedRun;
  /** @throws ForedraftError if the database refuses */
  readonly #write: (progress: RunProgress, ended: boolean) => void;
  readonly #options: RecorderOptions;
  readonly #tokens: RunToken[];
  readonly #trace: TraceEvent[];
  readonly #abort = new AbortController();
  readonly #savedListeners: (() => void)[] = [];
  #text: string;
  #end: RunEnd | undefined;
  #savedTokens: number;
  /** Saved tokens whose new figures aren't saved yet, by position. */
  readonly #rescored = new Map<number, RunToken>();
  #savedEvents: number;
  #unsavedEvents = 0;
  #oldestUnsaved = 0;
  #saved = true;
  #saveError: unknown;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `stored` is the run as stored in the database, with any prefix of its answer; `write` saves what is new. */
  constructor(
    stored: RecordedRun,
    write: (progress: RunProgress, ended: boolean) => void,
    options: RecorderOptions = defaultRecorderOptions,
  ) {
    this.#stored = stored;
    this.#write = write;
    this.#options = options;
    this.#tokens = [...stored.tokens];
    this.#trace = [...stored.trace];
    this.#text = stored.text;
    this.#savedTokens = stored.tokens.length;
    this.#savedEvents = stored.trace.length;
  }

  /** The run so far; if its end can't be saved, it is `failed` with the reason. */
  get run(): RecordedRun {
    const saveError = this.#saveError ? reportOf(this.#saveError, 'database-failed') : null;
    const end = this.#end ?? { status: 'streaming', endReason: null, statistics: null, error: null };
    return {
      ...this.#stored,
      ...end,
      status: saveError && this.#end ? 'failed' : end.status,
      error: end.error ?? saveError,
      text: this.#text,
      tokens: [...this.#tokens],
      trace: [...this.#trace],
    };
  }

  get id(): string {
    return this.#stored.id;
  }

  get owner(): RunOwner {
    return this.#stored.owner;
  }

  get ended(): boolean {
    return this.#end !== undefined;
  }

  /** Whether everything so far is in the database. */
  get saved(): boolean {
    return this.#saved;
  }

  /**
   * Records the batches of `generate` and passes each to `publish` afterwards. Resolves when the run has ended in any
   * way; never rejects.
   */
  async record(
    generate: (signal: AbortSignal) => AsyncIterable<Batch>,
    publish: (events: Batch) => void,
  ): Promise<void> {
    try {
      for await (const events of generate(this.#abort.signal)) {
        for (const event of events) this.#take(event);
        if (events.length > 0) publish(events);
      }
      if (!this.ended) {
        throw new ForedraftError(
          'runtime-failed',
          'The engine stopped without ending its answer: try again.',
        );
      }
    } catch (error) {
      this.fail(reportOf(error, 'runtime-failed'));
    }
  }

  /** Adds an event, which is saved within `saveEveryMs` if the database allows. */
  add(event: TokenEvent | RescoredEvent | TraceEvent): void {
    // The engine may send more while the program quits: the run has ended already.
    if (this.ended) return;
    if (event.type === 'token') {
      this.#tokens.push(runTokenOf(event));
      this.#text += event.text;
    } else if (event.type === 'rescored') {
      for (const token of applyRescored(this.#tokens, event))
        if (token.position < this.#savedTokens) this.#rescored.set(token.position, token);
    } else {
      this.#trace.push(event);
    }
    this.#saveInTime();
  }

  /** The run is complete, or was stopped; `statistics` is null if nothing had to be generated. */
  finish(endReason: EndReason, statistics: Statistics | null): void {
    const status = endReason === 'stopped' ? 'stopped' : 'done';
    this.#settle({ status, endReason, statistics, error: null });
  }

  fail(error: ErrorReport): void {
    this.#settle({ status: 'failed', endReason: null, statistics: null, error });
  }

  /** Asks the engine to end the run. */
  stop(): void {
    this.#abort.abort();
  }

  /** Ends the run without waiting for the engine: the program quits. */
  interrupt(): void {
    this.#settle({ status: 'interrupted', endReason: null, statistics: null, error: null });
    this.#abort.abort();
  }

  /**
   * Saves what is not saved yet.
   * @throws ForedraftError `disk-full` or `database-failed`; nothing is lost and the save is retried
   */
  save(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#saved) return;
    const open = { status: 'streaming', endReason: null, statistics: null, error: null } as const;
    const state = { ...(this.#end ?? open), text: this.#text };
    const tokens = [...this.#rescored.values(), ...this.#tokens.slice(this.#savedTokens)];
    const trace = this.#trace.slice(this.#savedEvents);
    try {
      this.#write({ state, tokens, firstEvent: this.#savedEvents, trace }, this.ended);
    } catch (error) {
      this.#saveError = error;
      this.#timer = setTimeout(() => this.#trySave(), this.#options.retryMs);
      throw error;
    }
    this.#rescored.clear();
    this.#savedTokens = this.#tokens.length;
    this.#savedEvents = this.#trace.length;
    this.#unsavedEvents = 0;
    this.#saveError = undefined;
    this.#saved = true;
    if (this.ended) for (const listener of this.#savedListeners.splice(0)) listener();
  }

  /** Calls `listener` once the run with its end is in the database, unless it already is. */
  onceSaved(listener: () => void): void {
    this.#savedListeners.push(listener);
  }

  /** Stops retrying: the database is about to be closed. */
  abandon(): void {
    clearTimeout(this.#timer);
    this.#savedListeners.length = 0;
  }

  #take(event: GenerationEvent): void {
    if (event.type === 'end') this.finish(event.reason, event.statistics);
    else if (event.type !== 'prompt-progress' && event.type !== 'preview') this.add(event);
  }

  #saveInTime(): void {
    const now = this.#options.clock();
    if (this.#unsavedEvents === 0) this.#oldestUnsaved = now;
    this.#unsavedEvents += 1;
    this.#saved = false;
    if (this.#saveError) return;
    const { saveEveryMs, saveEveryTokens } = this.#options;
    // Timers of a busy event loop run late: the age is checked here too.
    const due = this.#unsavedEvents >= saveEveryTokens || now - this.#oldestUnsaved >= saveEveryMs;
    if (due) this.#trySave();
    else this.#timer ??= setTimeout(() => this.#trySave(), saveEveryMs);
  }

  #settle(end: RunEnd): void {
    if (this.ended) return;
    this.#end = end;
    this.#saved = false;
    this.#trySave();
  }

  #trySave(): void {
    try {
      this.save();
    } catch {
      // `run` reports the error, and the timer retries.
    }
  }
}
