import type { StartedStatus } from '../contract/run.ts';
import type { ErrorReport } from '../contract/error.ts';
import { reportOf } from '../contract/error.ts';
import type { EndReason, Statistics } from '../contract/generation.ts';
import type { RunEnd } from './runs.ts';

export interface WriterOptions {
  /** Oldest that something unsaved may get, in milliseconds. */
  readonly saveEveryMs: number;
  /** Most tokens, or other events, that may be unsaved. */
  readonly saveEveryTokens: number;
  /** Wait after a save that failed, in milliseconds. */
  readonly retryMs: number;
  /** Milliseconds on a clock that never goes back. */
  readonly clock: () => number;
}

/** A killed program loses at most 250 ms of text: 50 of them are left for the commit itself. */
export const defaultWriterOptions: WriterOptions = {
  saveEveryMs: 200,
  saveEveryTokens: 20,
  retryMs: 1000,
  clock: () => performance.now(),
};

/** Decides when what the engine tells is saved: what can't be saved stays here, and is saved when it can be. */
export abstract class TimedWriter {
  readonly #options: WriterOptions;
  readonly #savedListeners: (() => void)[] = [];
  #unsavedEvents = 0;
  #oldestUnsaved = 0;
  #status: StartedStatus = 'streaming';
  #end: RunEnd | null = null;
  #saved = true;
  #error: unknown;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: WriterOptions = defaultWriterOptions) {
    this.#options = options;
  }

  get ended(): boolean {
    return this.#end !== null;
  }

  /** Whether everything so far is in the database. */
  get saved(): boolean {
    return this.#saved;
  }

  /** Where it stands now; where the end could not be saved, it has failed and says why. */
  protected get standing(): RunEnd & { readonly status: StartedStatus } {
    const error = this.#end?.error ?? (this.#error ? reportOf(this.#error, 'database-failed') : null);
    return {
      status: this.#error && this.#end ? 'failed' : this.#status,
      endReason: this.#end?.endReason ?? null,
      statistics: this.#end?.statistics ?? null,
      error,
    };
  }

  /** Complete, or stopped by a person; without statistics where nothing had to be written. */
  finish(reason: EndReason, statistics: Statistics | null): void {
    const status = reason === 'stopped' ? 'stopped' : 'done';
    this.#settle(status, { endReason: reason, statistics, error: null });
  }

  /** The engine failed; the text so far is kept. */
  fail(error: ErrorReport): void {
    this.#settle('failed', { endReason: null, statistics: null, error });
  }

  /** The program quits; the text so far is kept. */
  interrupt(): void {
    this.#settle('interrupted', { endReason: null, statistics: null, error: null });
  }

  /**
   * Saves what is not saved yet, now.
   * @throws ForedraftError `disk-full` or `database-failed`; nothing is lost and it will be tried again
   */
  save(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#saved) return;
    try {
      this.write(this.#status, this.#end);
    } catch (error) {
      this.#error = error;
      this.#timer = setTimeout(() => this.#trySave(), this.#options.retryMs);
      throw error;
    }
    this.#unsavedEvents = 0;
    this.#error = undefined;
    this.#saved = true;
    if (this.ended) for (const listener of this.#savedListeners.splice(0)) listener();
  }

  /** Calls `listener` once everything with its end is in the database; not if it is there already. */
  onceSaved(listener: () => void): void {
    this.#savedListeners.push(listener);
  }

  /** Tries no more: the database is about to be closed. */
  abandon(): void {
    clearTimeout(this.#timer);
    this.#savedListeners.length = 0;
  }

  /** Puts what is new into the database and, where that works, forgets that it is new. */
  protected abstract write(status: StartedStatus, end: RunEnd | null): void;

  /** Says that one event more is to be saved: it will be in `saveEveryMs` at the latest. */
  protected added(): void {
    const now = this.#options.clock();
    if (this.#unsavedEvents === 0) this.#oldestUnsaved = now;
    this.#unsavedEvents += 1;
    this.#saved = false;
    if (this.#error) return;
    const { saveEveryMs, saveEveryTokens } = this.#options;
    // A busy event loop may be late with its timers: the age is looked at here too.
    const due = this.#unsavedEvents >= saveEveryTokens || now - this.#oldestUnsaved >= saveEveryMs;
    if (due) this.#trySave();
    else this.#timer ??= setTimeout(() => this.#trySave(), saveEveryMs);
  }

  #settle(status: StartedStatus, end: RunEnd): void {
    if (this.ended) return;
    this.#status = status;
    this.#end = end;
    this.#saved = false;
    this.#trySave();
  }

  #trySave(): void {
    try {
      this.save();
    } catch {
      // Kept in #error, shown by `standing`, and tried again by the timer.
    }
  }
}
