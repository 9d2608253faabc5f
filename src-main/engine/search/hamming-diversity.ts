import type { TokenId } from '../model.ts';
import type { Ranking } from './top-continuations.ts';

/**
 * Holds against a token that earlier groups have chosen at the same place, once for each time (Hamming diversity,
 * Vijayakumar et al. 2018). It only decides what is kept: sums stay those of the model, as in the paper, where
 * Hugging Face's former group beam search added the penalties up in its scores.
 */
export class HammingDiversity {
  readonly #penalty: number;
  readonly #chosen = new Map<number, number>();

  /** @param penalty at least 0; 0 lets every group do the same */
  constructor(penalty: number) {
    this.#penalty = penalty;
  }

  note(token: TokenId): void {
    this.#chosen.set(token, (this.#chosen.get(token) ?? 0) + 1);
  }

  ranking(): Ranking {
    return {
      headroom: 0,
      key: (_leaf, token, sum) => sum - this.#penalty * (this.#chosen.get(token) ?? 0),
    };
  }
}
