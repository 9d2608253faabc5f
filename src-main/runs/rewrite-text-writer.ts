import type { RewriteText } from '../contract/document.ts';
import type { GenerationEvent } from '../contract/generation.ts';
import type { MessageStatus } from '../contract/history.ts';
import type { Strategy } from '../contract/strategy.ts';
import type { RunEnd } from './runs.ts';
import type { WriterOptions } from './timed-writer.ts';
import { TimedWriter } from './timed-writer.ts';

/** Keeps what a rewrite offers while it is written. */
export class RewriteTextWriter extends TimedWriter {
  readonly #strategy: Strategy;
  /** @throws ForedraftError where the database refuses */
  readonly #write: (texts: readonly RewriteText[]) => void;
  #text = '';
  /** What a search found besides the answer. */
  #others: readonly string[] = [];

  constructor(strategy: Strategy, write: (texts: readonly RewriteText[]) => void, options?: WriterOptions) {
    super(options);
    this.#strategy = strategy;
    this.#write = write;
  }

  /** The texts as they are now, best first. */
  get texts(): readonly RewriteText[] {
    return this.#textsAt(this.standing);
  }

  /** Takes down what belongs to the text; it is in the database `saveEveryMs` later at the latest. */
  add(event: GenerationEvent): void {
    if (this.ended) return;
    if (event.type === 'token') {
      this.#text += event.text;
    } else if (event.type === 'hypotheses') {
      this.#others = event.hypotheses.slice(1).map(({ text }) => text);
    } else {
      return;
    }
    this.added();
  }

  protected write(status: MessageStatus, end: RunEnd | null): void {
    const open = { endReason: null, statistics: null, error: null };
    this.#write(this.#textsAt({ status, ...(end ?? open) }));
  }

  #textsAt(state: RunEnd & { readonly status: MessageStatus }): readonly RewriteText[] {
    const strategy = this.#strategy;
    const { status, endReason, statistics, error } = state;
    return [this.#text, ...this.#others].map((text) => ({
      ...{ text, strategy, status, endReason, error },
      statistics,
    }));
  }
}
