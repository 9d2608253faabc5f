import type { RunToken } from '../../../src-main/contract/run.ts';
import type { EndReason, GenerationEvent, Statistics } from '../../../src-main/contract/generation.ts';
import type { Message } from '../../../src-main/contract/conversation.ts';

/** Milliseconds on a clock that never goes back. */
export type Clock = () => number;

/** Time between two sights of the figures: numbers that change faster can't be read. */
const figuresMs = 250;

/** An answer while it is being written. */
export class RunningAnswer {
  text = $state.raw('');
  /** What a search would go on with; it may still change. */
  preview = $state.raw('');
  tokens = $state.raw(0);
  promptDone = $state.raw(0);
  promptTotal = $state.raw(0);
  reason = $state.raw<EndReason | null>(null);
  statistics = $state.raw<Statistics | null>(null);
  conversationId = $state.raw<string | null>(null);
  firstTokenMs = $state.raw<number | null>(null);
  tokensPerSecond = $state.raw<number | null>(null);
  /** Grows with every batch of tokens: `received` has more then. */
  batches = $state.raw(0);
  /** The tokens that were seen to arrive, in order. */
  readonly received: RunToken[] = [];
  readonly messageId: string;
  readonly runId: string;
  /** As main replied with it; null until then. */
  message: Message | null = null;
  readonly #clock: Clock;
  readonly #startedAt: number;
  #sawStart = false;
  #firstAt: number | null = null;
  #figuresAt = 0;
  #counted = 0;
  #uncounted = 0;

  constructor(messageId: string, runId: string, clock: Clock) {
    this.messageId = messageId;
    this.runId = runId;
    this.#clock = clock;
    this.#startedAt = clock();
  }

  /**
   * Takes on what main has of this answer. Its text wins, unless the answer was followed from its
   * first token on: then what was streamed is at least as long.
   */
  attach({ conversationId, content }: Pick<Message, 'conversationId' | 'content'>): void {
    this.conversationId = conversationId;
    if (!this.#sawStart) this.text = content;
  }

  apply(events: readonly GenerationEvent[]): void {
    const now = this.#clock();
    let text = '';
    let tokens = 0;
    for (const event of events) {
      if (event.type === 'prompt-progress') {
        this.promptDone = event.done;
        this.promptTotal = event.total;
      } else if (event.type === 'token') {
        text += event.text;
        tokens += 1;
        this.received.push(event);
        if (event.position === 0) {
          this.#sawStart = true;
          this.firstTokenMs = now - this.#startedAt;
        }
      } else if (event.type === 'preview') {
        this.preview = event.text;
      } else if (event.type === 'end') {
        this.preview = '';
        this.reason = event.reason;
        this.statistics = event.statistics;
      }
    }
    if (tokens === 0) return;
    this.batches += 1;
    this.#count(text, tokens, now);
  }

  #count(text: string, tokens: number, now: number): void {
    this.text += text;
    this.#counted += tokens;
    if (this.#firstAt === null) {
      // Tokens of the first batch have no measured time between them: counting starts after it.
      this.#firstAt = now;
      this.#uncounted = tokens;
    } else if (now - this.#figuresAt < figuresMs) {
      return;
    }
    this.#figuresAt = now;
    this.tokens = this.#counted;
    const elapsed = now - this.#firstAt;
    if (elapsed > 0) this.tokensPerSecond = ((this.#counted - this.#uncounted) * 1000) / elapsed;
  }
}
