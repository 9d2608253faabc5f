import type { Statistics } from '../contract/generation.ts';
import type { Sequence, TokenId } from './model.ts';

/** Counts and times one generation. `now` gives milliseconds. */
export class RunCounters {
  readonly #now: () => number;
  readonly #start: number;
  #first = 0;
  #last = 0;
  #forwards = 0;
  #outputTokens = 0;
  #logProbabilitySum = 0;
  promptTokens = 0;
  reusedTokens = 0;

  constructor(now: () => number) {
    this.#now = now;
    this.#start = now();
  }

  /** `sequence`, with its forwards counted. */
  watch(sequence: Sequence): Sequence {
    const counted: Sequence = {
      get tokens(): readonly TokenId[] {
        return sequence.tokens;
      },
      forward: (tokens, keep) => {
        this.#forwards++;
        return sequence.forward(tokens, keep);
      },
      rollback: (count) => sequence.rollback(count),
      interrupt: () => sequence.interrupt(),
      close: () => sequence.close(),
    };
    return counted;
  }

  countToken(logProbability: number): void {
    this.#last = this.#now();
    if (this.#outputTokens === 0) this.#first = this.#last;
    this.#outputTokens++;
    this.#logProbabilitySum += logProbability;
  }

  statistics(): Statistics {
    const tokens = this.#outputTokens;
    const decodingMs = this.#last - this.#first;
    const mean = tokens > 0 ? this.#logProbabilitySum / tokens : 0;
    return {
      promptTokens: this.promptTokens,
      reusedTokens: this.reusedTokens,
      outputTokens: tokens,
      firstTokenMs: tokens > 0 ? this.#first - this.#start : 0,
      totalMs: this.#now() - this.#start,
      tokensPerSecond: tokens > 1 && decodingMs > 0 ? ((tokens - 1) / decodingMs) * 1000 : 0,
      forwards: this.#forwards,
      logProbabilitySum: this.#logProbabilitySum,
      logProbabilityMean: mean,
      perplexity: tokens > 0 ? Math.exp(-mean) : 1,
    };
  }
}
