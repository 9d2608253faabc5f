import type { FinishedEvent, PreviewEvent, SettledEvent } from './beam-events.ts';
import type { Finished } from './finished-hypotheses.ts';
import type { Hypothesis } from './hypothesis.ts';
import { tokensBehind } from './hypothesis.ts';
import { lengthNormalised } from './length-penalty.ts';
import { SettledPrefix } from './settled-prefix.ts';

/** Tells how far a search's result is decided: settled tokens, a preview of the rest, and the end. */
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
      tokens: tokensBehind(hypothesis, 0),
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
