import type { TokenId } from '../model.ts';

/** One hypothesis and one token that may follow it. */
export interface Continuation {
  readonly leaf: number;
  readonly token: TokenId;
  /** Summed log-probability with this token. */
  readonly sum: number;
  /** What it is ranked by. */
  readonly key: number;
}

/** Ranks continuations by something other than their summed log-probability. */
export interface Ranking {
  /** A key exceeds the sum by no more than this; the larger, the more keys have to be computed. */
  readonly headroom: number;
  /** The key; anything up to `threshold` where it can be seen not to exceed that. */
  key(leaf: number, token: number, sum: number, threshold: number): number;
}

/**
 * The continuations with the highest keys, kept in order while the scores are read once: only few of a
 * vocabulary exceed the weakest kept, so that putting them into their place costs less than a heap or a sort.
 * Of equals the one that was offered earlier stays.
 */
export class TopContinuations {
  readonly #capacity: number;
  readonly #ranking: Ranking | undefined;
  readonly #kept: Continuation[] = [];

  /** @param capacity at least 1 */
  constructor(capacity: number, ranking?: Ranking) {
    this.#capacity = capacity;
    this.#ranking = ranking;
  }

  /** Highest key first. */
  get kept(): readonly Continuation[] {
    return this.#kept;
  }

  /**
   * Every token behind `leaf`, with the sum `offset` + its score.
   * @param scores one a token; -Infinity is never kept
   */
  offer(leaf: number, scores: Float32Array, offset: number): void {
    const ranking = this.#ranking;
    const headroom = ranking?.headroom ?? 0;
    let threshold = this.#threshold();
    let hopeless = hopelessScore(threshold - headroom, offset);
    for (let token = 0; (token = nextAbove(hopeless, scores, token)) < scores.length; token++) {
      const sum = offset + scores[token]!;
      if (!(sum + headroom > threshold)) continue;
      const key = ranking ? ranking.key(leaf, token, sum, threshold) : sum;
      if (!(key > threshold)) continue;
      this.#insert({ leaf, token: token as TokenId, sum, key });
      threshold = this.#threshold();
      hopeless = hopelessScore(threshold - headroom, offset);
    }
  }

  #threshold(): number {
    return this.#kept.length < this.#capacity ? -Infinity : this.#kept.at(-1)!.key;
  }

  #insert(continuation: Continuation): void {
    const kept = this.#kept;
    let place = kept.length;
    while (place > 0 && kept[place - 1]!.key < continuation.key) place--;
    kept.splice(place, 0, continuation);
    if (kept.length > this.#capacity) kept.pop();
  }
}

/** A score whose sum with `offset` can't exceed `least`, however it is rounded. */
function hopelessScore(least: number, offset: number): number {
  return least === -Infinity ? -Infinity : least - offset - 1e-9 * (1 + Math.abs(least) + Math.abs(offset));
}

/** The first place from `start` on with a score above `bound`: nearly all of a vocabulary leave here. */
function nextAbove(bound: number, scores: Float32Array, start: number): number {
  let place = start;
  while (place < scores.length && !(scores[place]! > bound)) place++;
  return place;
}
