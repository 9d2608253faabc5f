import type { TokenEvent } from '../contract/generation.ts';
import type { RecordedRun, RunToken, StartedStatus, TraceEvent } from '../contract/run.ts';
import { runTokenOf } from '../contract/run.ts';
import type { Message } from '../contract/conversation.ts';
import type { RunEnd } from './runs.ts';
import type { WriterOptions } from './timed-writer.ts';
import { TimedWriter } from './timed-writer.ts';

/** What a save puts into the database: the whole text, and the tokens that are not there yet. */
export interface AnswerState {
  readonly content: string;
  readonly status: StartedStatus;
  readonly tokens: readonly RunToken[];
  /** null while the answer is being written. */
  readonly end: RunEnd | null;
}

/** Keeps an answer while it is written. */
export class AnswerWriter extends TimedWriter {
  readonly #stored: Message;
  /** @throws ForedraftError where the database refuses */
  readonly #write: (state: AnswerState) => void;
  readonly #tokens: RunToken[];
  readonly #trace: TraceEvent[] = [];
  #content: string;
  #savedTokens: number;

  /** `stored` is the answer as it is in the database: empty, or with what it is begun with. */
  constructor(
    stored: Message,
    answerPrefix: readonly RunToken[],
    write: (state: AnswerState) => void,
    options?: WriterOptions,
  ) {
    super(options);
    this.#tokens = [...answerPrefix];
    this.#savedTokens = answerPrefix.length;
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

  /** The answer's run as it is now. */
  get run(): RecordedRun {
    const { id: messageId, conversationId, content: text, status, run } = this.message;
    if (run === null) throw new Error(`the answer ${messageId} has no run`);
    const owner = { kind: 'message', conversationId, messageId } as const;
    return { ...run, owner, status, text, tokens: [...this.#tokens], trace: [...this.#trace] };
  }

  /** Appends a token; its text is in the database `saveEveryMs` later at the latest, if that can be written. */
  add(event: TokenEvent | TraceEvent): void {
    // Events still come in when the program quits or the conversation is gone: the end has been said.
    if (this.ended) return;
    if (event.type !== 'token') {
      this.#trace.push(event);
      return;
    }
    this.#tokens.push(runTokenOf(event));
    this.#content += event.text;
    this.added();
  }

  protected write(status: StartedStatus, end: RunEnd | null): void {
    this.#write({ content: this.#content, status, tokens: this.#tokens.slice(this.#savedTokens), end });
    this.#savedTokens = this.#tokens.length;
  }
}
