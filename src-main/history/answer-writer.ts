import type { ErrorReport } from '../contract/error.ts';
import { reportOf } from '../contract/error.ts';
import type { EndReason, Statistics, TokenEvent } from '../contract/generation.ts';
import type { Message, MessageStatus, RunToken } from '../contract/history.ts';
import type { RunEnd } from './runs.ts';

/** What a save puts into the database: the whole text, and the tokens that are not there yet. */
export interface AnswerState {
  readonly content: string;
  readonly status: MessageStatus;
  readonly tokens: readonly RunToken[];
  /** null while the answer is being written. */
  readonly end: RunEnd | null;
}

export interface AnswerWriterOptions {
  /** Oldest that unsaved text may get, in milliseconds. */
  readonly saveEveryMs: number;
  /** Most tokens that may be unsaved. */
  readonly saveEveryTokens: number;
  /** Wait after a save that failed, in milliseconds. */
  readonly retryMs: number;
  /** Milliseconds on a clock that never goes back. */
  readonly clock: () => number;
}

/** A killed program loses at most 250 ms of text: 50 of them are left for the commit itself. */
export const defaultWriterOptions: AnswerWriterOptions = {
  saveEveryMs: 200,
  saveEveryTokens: 20,
  retryMs: 1000,
  clock: () => performance.now(),
};

/** Keeps an answer while it is written: text that can't be saved stays here, and is saved when it can be. */
export class AnswerWriter {
  readonly #stored: Message;
  /** @throws ForedraftError where the database refuses */
  readonly #write: (state: AnswerState) => void;
  readonly #options: AnswerWriterOptions;
  readonly #savedListeners: (() => void)[] = [];
  #content = '';
  #tokens: RunToken[] = [];
  #oldestUnsaved = 0;
  #status: MessageStatus = 'streaming';
  #end: RunEnd | null = null;
  #saved = true;
  #error: unknown;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `stored` is the empty answer as it is in the database. */
  constructor(
    stored: Message,
    write: (state: AnswerState) => void,
    options: AnswerWriterOptions = defaultWriterOptions,
  ) {
    this.#stored = stored;
    this.#write = write;
    this.#options = options;
  }

  /** The answer as it is now; where its end could not be saved, it is a failed one that says why. */
  get message(): Message {
    const { run } = this.#stored;
    const error = this.#end?.error ?? (this.#error ? reportOf(this.#error, 'database-failed') : null);
    return {
      ...this.#stored,
      content: this.#content,
      status: this.#error && this.#end ? 'failed' : this.#status,
      run: run && { ...run, ...this.#end, error },
    };
  }

  get ended(): boolean {
    return this.#end !== null;
  }

  /** Whether everything so far is in the database. */
  get saved(): boolean {
    return this.#saved;
  }

  /** Appends a token; its text is in the database `saveEveryMs` later at the latest, if that can be written. */
  add(event: TokenEvent): void {
    // Events still come in when the program quits or the conversation is gone: the end has been said.
    if (this.ended) return;
    const { position, id, text, logProbability, policyLogProbability } = event;
    const now = this.#options.clock();
    if (this.#tokens.length === 0) this.#oldestUnsaved = now;
    this.#tokens.push({ position, id, text, logProbability, policyLogProbability });
    this.#content += text;
    this.#saved = false;
    if (this.#error) return;
    const { saveEveryMs, saveEveryTokens } = this.#options;
    // A busy event loop may be late with its timers: the age is looked at here too.
    const due = this.#tokens.length >= saveEveryTokens || now - this.#oldestUnsaved >= saveEveryMs;
    if (due) this.#trySave();
    else this.#timer ??= setTimeout(() => this.#trySave(), saveEveryMs);
  }

  /** The answer is complete, or was stopped by a person. */
  finish(reason: EndReason, statistics: Statistics): void {
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
      this.#write({ content: this.#content, status: this.#status, tokens: this.#tokens, end: this.#end });
    } catch (error) {
      this.#error = error;
      this.#timer = setTimeout(() => this.#trySave(), this.#options.retryMs);
      throw error;
    }
    this.#tokens = [];
    this.#error = undefined;
    this.#saved = true;
    if (this.ended) for (const listener of this.#savedListeners.splice(0)) listener();
  }

  /** Calls `listener` once the whole answer with its end is in the database; not if it is there already. */
  onceSaved(listener: () => void): void {
    this.#savedListeners.push(listener);
  }

  /** Tries no more: the database is about to be closed. */
  abandon(): void {
    clearTimeout(this.#timer);
    this.#savedListeners.length = 0;
  }

  #settle(status: MessageStatus, end: RunEnd): void {
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
      // Kept in #error, shown by `message`, and tried again by the timer.
    }
  }
}
