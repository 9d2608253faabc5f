import type { TokenId } from '../model.ts';
import type { Noise } from '../noise.ts';

/** A hypothesis, as its leaf, and a token that may follow it. */
export interface Continuation {
  readonly leaf: number;
  readonly token: TokenId;
  /** Summed log-probability with this token. */
  readonly sum: number;
  /** What it is ranked by. */
  readonly key: number;
}

/**
 * The continuations with the highest keys, kept in order while the scores are read once: few tokens of a vocabulary
 * exceed the weakest kept, so that inserting them costs less than a heap or a sort. Ties go to the one offered first.
 */
export class TopContinuations {
  readonly #capacity: number;
  readonly #ranking: Ranking | undefined;
  readonly #best: Continuation[] = [];

  /** @param capacity at least 1 */
  constructor(capacity: number, ranking?: Ranking) {
    this.#capacity = capacity;
    this.#ranking = ranking;
  }

  /** Highest key first. */
  get best(): readonly Continuation[] {
    return this.#best;
  }

  /**
   * Offers every token after `leaf`, with the sum `offset` + its score.
   * @param scores by token; -Infinity is never kept
   */
  offer(leaf: number, scores: Float32Array, offset: number): void {
    const ranking = this.#ranking;
    const maxBonus = ranking?.maxBonus ?? 0;
    let threshold = this.#threshold();
    let prune = pruneBelow(threshold - maxBonus, offset);
    for (let token = 0; (token = nextAbove(prune, scores, token)) < scores.length; token++) {
      const sum = offset + scores[token]!;
      if (!(sum + maxBonus > threshold)) continue;
      const key = ranking ? ranking.key(leaf, token, sum, threshold) : sum;
      if (!(key > threshold)) continue;
      this.#insert({ leaf, token: token as TokenId, sum, key });
      threshold = this.#threshold();
      prune = pruneBelow(threshold - maxBonus, offset);
    }
  }

  #threshold(): number {
    return this.#best.length < this.#capacity ? -Infinity : this.#best.at(-1)!.key;
  }

  #insert(continuation: Continuation): void {
    const best = this.#best;
    let place = best.length;
    while (place > 0 && best[place - 1]!.key < continuation.key) place--;
    best.splice(place, 0, continuation);
    if (best.length > this.#capacity) best.pop();
  }
}

/** A score whose sum with `offset` can't exceed `least`, however it is rounded. */
function pruneBelow(least: number, offset: number): number {
  return least === -Infinity ? -Infinity : least - offset - 1e-9 * (1 + Math.abs(least) + Math.abs(offset));
}

/** The first index from `start` on with a score above `bound`: nearly all tokens of a vocabulary are skipped here. */
function nextAbove(bound: number, scores: Float32Array, start: number): number {
  let place = start;
  while (place < scores.length && !(scores[place]! > bound)) place++;
  return place;
}

/** Ranks continuations by something other than their summed log-probability. */
export interface Ranking {
  /** How far a key may exceed the sum; the larger, the more keys have to be computed. */
  readonly maxBonus: number;
  /** The key, or any value up to `threshold` if the key doesn't exceed that. */
  key(leaf: number, token: number, sum: number, threshold: number): number;
}

/** -ln(-ln(u)) of the largest u that noise returns is less. */
const maxGumbel = 38;

/**
 * Ranks by summed log-probability plus Gumbel noise: the highest k are k draws without replacement, in the order
 * of drawing (Gumbel top-k, Kool et al. 2019). The noise of leaf 0 is that of `choose` at the same position.
 * @param position number of tokens or rounds before
 */
export function gumbelRanking(noise: Noise, position: number, vocabularySize: number): Ranking {
  return {
    maxBonus: maxGumbel,
    key: (leaf, token, sum, threshold) => {
      const uniform = noise(position, leaf * vocabularySize + token);
      const excess = sum - threshold;
      // -ln(u) >= 1 - u and 1 / (1 - x) >= e^x: most are known to lose without a logarithm.
      if ((1 - uniform) * (1 - excess) >= 1) return -Infinity;
      return sum - Math.log(-Math.log(uniform));
    },
  };
}

/**
 * Penalises a token once for each choice of it by an earlier group at the same position (Hamming diversity,
 * Vijayakumar et al. 2018). It only affects the ranking: sums stay those of the model, as in the paper, whereas
 * Hugging Face's former group beam search accumulated the penalties in its scores.
 */
export class HammingDiversity {
  readonly #penalty: number;
  readonly #counts = new Map<number, number>();

  /** @param penalty at least 0; 0 lets every group do the same */
  constructor(penalty: number) {
    this.#penalty = penalty;
  }

  /** Counts a choice of `token` by a group. */
  add(token: TokenId): void {
    this.#counts.set(token, (this.#counts.get(token) ?? 0) + 1);
  }

  ranking(): Ranking {
    return {
      maxBonus: 0,
      key: (_leaf, token, sum) => sum - this.#penalty * (this.#counts.get(token) ?? 0),
    };
  }
}
