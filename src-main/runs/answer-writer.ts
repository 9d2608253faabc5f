import type { TokenEvent } from '../contract/generation.ts';
import type { Message, MessageStatus, RunToken } from '../contract/history.ts';
import type { RunEnd } from './runs.ts';
import type { WriterOptions } from './timed-writer.ts';
import { TimedWriter } from './timed-writer.ts';

/** What a save puts into the database: the whole text, and the tokens that are not there yet. */
export interface AnswerState {
  readonly content: string;
  readonly status: MessageStatus;
  readonly tokens: readonly RunToken[];
  /** null while the answer is being written. */
  readonly end: RunEnd | null;
}

/** Keeps an answer while it is written. */
export class AnswerWriter extends TimedWriter {
  readonly #stored: Message;
  /** @throws ForedraftError where the database refuses */
  readonly #write: (state: AnswerState) => void;
  #content: string;
  #unsaved: RunToken[] = [];

  /** `stored` is the answer as it is in the database: empty, or with what it is begun with. */
  constructor(stored: Message, write: (state: AnswerState) => void, options?: WriterOptions) {
    super(options);
    this.#stored = stored;
    this.#content = stored.content;
    this.#write = write;
  }

  /** The answer as it is now; where its end could not be saved, it is a failed one that says why. */
  get message(): Message {
    const { run } = this.#stored;
    const { status, ...end } = this.standing;
    return { ...this.#stored, content: this.#content, status, run: run && { ...run, ...end } };
  }

  /** Appends a token; its text is in the database `saveEveryMs` later at the latest, if that can be written. */
  add(event: TokenEvent): void {
    // Events still come in when the program quits or the conversation is gone: the end has been said.
    if (this.ended) return;
    const { position, id, text, logProbability, policyLogProbability, origin } = event;
    this.#unsaved.push({
      position,
      id,
      text,
      logProbability,
      policyLogProbability,
      ...(origin && { origin }),
    });
    this.#content += text;
    this.added();
  }

  protected write(status: MessageStatus, end: RunEnd | null): void {
    this.#write({ content: this.#content, status, tokens: this.#unsaved, end });
    this.#unsaved = [];
  }
}
