import type { Distribution } from '../distribution.ts';
import { probabilityOf } from '../distribution.ts';
import type { TokenId } from '../model.ts';
import { atLeast } from './candidates.ts';
import type { Truncation } from './policy.ts';

export interface MirostatSettings {
  /** Target surprise in bits per token: greater than 0, commonly 3 to 6. */
  readonly target: number;
  /** Learning rate of the limit: greater than 0, at most 1, commonly 0.1. */
  readonly rate: number;
}

/**
 * Mirostat 2: leaves out the tokens whose surprise exceeds a limit, which moves after every token so that the mean
 * surprise approaches the target (Basu et al. 2021; the surprise of a token is measured among those kept, as in
 * llama.cpp). The limit starts at twice the target.
 */
export class Mirostat implements Truncation {
  readonly #settings: MirostatSettings;
  /** Bits. */
  #limit: number;
  /** What the next token is chosen from, once `apply` was called for its position. */
  #kept: Distribution | undefined;

  constructor(settings: MirostatSettings) {
    this.#settings = settings;
    this.#limit = 2 * settings.target;
  }

  apply(distribution: Distribution): Distribution {
    this.#kept = atLeast(distribution, 2 ** -this.#limit);
    return this.#kept;
  }

  /** Without a call of `apply` since the last token the surprise is unknown, and the limit stays. */
  advance(token: TokenId): void {
    if (!this.#kept) return;
    const { target, rate } = this.#settings;
    this.#limit -= rate * (surpriseOf(this.#kept, token) - target);
    this.#kept = undefined;
  }

  fork(): Mirostat {
    const fork = new Mirostat(this.#settings);
    fork.#limit = this.#limit;
    fork.#kept = this.#kept;
    return fork;
  }
}

/** In bits; 0 for a token that was not among those kept, which happens only to a caller that ignores them. */
function surpriseOf(distribution: Distribution, token: TokenId): number {
  const probability = probabilityOf(distribution, token);
  return probability > 0 ? -Math.log2(probability) : 0;
}
