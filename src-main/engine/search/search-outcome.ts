import type { Finished, Hypothesis, HypothesisEnd, ScoredToken } from './hypothesis.ts';
import { commonAncestor, emptyHypothesis, lengthNormalised, tokensAfter } from './hypothesis.ts';

/** Tokens that every possible result has: they follow the settled ones before and never change. */
export interface SettledEvent {
  readonly type: 'settled';
  readonly tokens: readonly ScoredToken[];
}

/** What would follow the settled tokens if the leading hypothesis won. Each preview replaces the one before. */
export interface PreviewEvent {
  readonly type: 'preview';
  readonly tokens: readonly ScoredToken[];
}

/**
 * The end of a search: its hypotheses, best first. All tokens of the first one have been settled before. Empty
 * only where every first token was banned.
 */
export interface FinishedEvent {
  readonly type: 'finished';
  readonly hypotheses: readonly FinishedHypothesis[];
}

export interface FinishedHypothesis {
  readonly tokens: readonly ScoredToken[];
  readonly end: HypothesisEnd;
  readonly logProbabilitySum: number;
  /** The sum, normalised by the length. */
  readonly score: number;
}

/** Reports how much of a search's result is decided: settled tokens, a preview of the rest, and the end. */
export class SearchOutcome {
  readonly #prefix: SettledPrefix;
  readonly #lengthPenalty: number;

  /** @param start the empty hypothesis that the search starts from */
  constructor(start: Hypothesis, lengthPenalty: number) {
    this.#prefix = new SettledPrefix(start);
    this.#lengthPenalty = lengthPenalty;
  }

  /**
   * After a step.
   * @param live hypotheses that may still become the result, at least one token long
   * @param finished best first
   */
  *progress(
    live: readonly Hypothesis[],
    finished: readonly Finished[],
  ): Generator<SettledEvent | PreviewEvent, void> {
    const possible = finished[0] ? [finished[0].hypothesis, ...live] : live;
    yield* this.#settle(possible);
    const score = ({ sum, length }: Hypothesis) => lengthNormalised(sum, length, this.#lengthPenalty);
    const [first, ...others] = possible;
    if (!first) return;
    const leader = others.reduce((best, other) => (score(other) > score(best) ? other : best), first);
    yield { type: 'preview', tokens: this.#prefix.unsettled(leader) };
  }

  /**
   * At the end: settles the rest of the result.
   * @param finished best first
   * @param best how many are returned
   */
  *end(finished: readonly Finished[], best: number): Generator<SettledEvent | FinishedEvent, void> {
    yield* this.#settle(finished.slice(0, 1).map(({ hypothesis }) => hypothesis));
    const hypotheses = finished.slice(0, best).map(({ hypothesis, end, score }) => ({
      tokens: tokensAfter(hypothesis, 0),
      end,
      logProbabilitySum: hypothesis.sum,
      score,
    }));
    yield { type: 'finished', hypotheses };
  }

  *#settle(possible: readonly Hypothesis[]): Generator<SettledEvent, void> {
    const tokens = this.#prefix.settle(possible);
    if (tokens.length > 0) yield { type: 'settled', tokens };
  }
}

/** The part of a search's text that can't change any more: the common prefix of all possible results. */
export class SettledPrefix {
  #settled: Hypothesis;

  /** @param start the empty hypothesis that the search starts from */
  constructor(start: Hypothesis = emptyHypothesis()) {
    this.#settled = start;
  }

  /**
   * @param possible every hypothesis that may be the result or be extended to it
   * @returns the tokens that are newly settled
   */
  settle(possible: readonly Hypothesis[]): readonly ScoredToken[] {
    const [first, ...others] = possible;
    if (!first) return [];
    const common = others.reduce(commonAncestor, first);
    const tokens = tokensAfter(common, this.#settled.length);
    this.#settled = common;
    return tokens;
  }

  /** The tokens of `hypothesis`, a possible result, that are not settled. */
  unsettled(hypothesis: Hypothesis): readonly ScoredToken[] {
    return tokensAfter(hypothesis, this.#settled.length);
  }
}
