import type { Distribution } from '../../src-main/engine/distribution.ts';
import type { TokenId } from '../../src-main/engine/model.ts';
import type { Policy } from '../../src-main/engine/policy/policy.ts';

/** What a `FollowingPolicy` and its forks counted. */
export interface Following {
  applied: number;
  /** Calls of `apply` for a text other than the one that `advance` was called with. */
  astray: number;
}

/** A policy whose state is the answer so far, and which checks it against the context of every call. */
export class FollowingPolicy implements Policy {
  readonly #inner: Policy;
  readonly #promptLength: number;
  readonly #forks: boolean;
  readonly #answer: TokenId[];
  readonly counts: Following;

  /** @param forks false makes forks share one state (for negative controls) */
  constructor(
    inner: Policy,
    promptLength: number,
    forks = true,
    answer: readonly TokenId[] = [],
    counts: Following = { applied: 0, astray: 0 },
  ) {
    this.#inner = inner;
    this.#promptLength = promptLength;
    this.#forks = forks;
    this.#answer = [...answer];
    this.counts = counts;
  }

  apply(logits: Float32Array, context: readonly TokenId[]): Distribution {
    this.counts.applied++;
    if (context.slice(this.#promptLength).join() !== this.#answer.join()) this.counts.astray++;
    return this.#inner.apply(logits, context);
  }

  advance(token: TokenId): void {
    this.#answer.push(token);
  }

  fork(): Policy {
    if (!this.#forks) return this;
    return new FollowingPolicy(this.#inner, this.#promptLength, true, this.#answer, this.counts);
  }

  replayFrom(): number {
    return 0;
  }
}
