import type { Hypothesis, ScoredToken } from './hypothesis.ts';
import { commonAncestor, emptyHypothesis, tokensBehind } from './hypothesis.ts';

/** The part of a search's text that can't change any more: what all that may still be its result begin with. */
export class SettledPrefix {
  #settled: Hypothesis;

  /** @param start the empty hypothesis that the search starts from */
  constructor(start: Hypothesis = emptyHypothesis()) {
    this.#settled = start;
  }

  /**
   * @param possible every hypothesis that may still be the result or become it
   * @returns the tokens that are settled now and were not before
   */
  settle(possible: readonly Hypothesis[]): readonly ScoredToken[] {
    const [first, ...others] = possible;
    if (!first) return [];
    const common = others.reduce(commonAncestor, first);
    const tokens = tokensBehind(common, this.#settled.length);
    this.#settled = common;
    return tokens;
  }

  /** The tokens of `hypothesis`, one of the possible, that are not settled. */
  unsettled(hypothesis: Hypothesis): readonly ScoredToken[] {
    return tokensBehind(hypothesis, this.#settled.length);
  }
}
