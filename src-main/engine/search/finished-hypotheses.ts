import type { Hypothesis } from './hypothesis.ts';
import { lengthNormalised } from './length-penalty.ts';
import type { HypothesisEnd } from './search-settings.ts';

export interface Finished {
  readonly hypothesis: Hypothesis;
  readonly end: HypothesisEnd;
  /** Its summed log-probability, normalised by its length. */
  readonly score: number;
}

/** The best finished hypotheses so far, best first; of equals the earlier one. */
export class FinishedHypotheses {
  readonly #capacity: number;
  readonly #lengthPenalty: number;
  readonly #kept: Finished[] = [];

  /** @param capacity at least 1 */
  constructor(capacity: number, lengthPenalty: number) {
    this.#capacity = capacity;
    this.#lengthPenalty = lengthPenalty;
  }

  add(hypothesis: Hypothesis, end: HypothesisEnd): void {
    const score = lengthNormalised(hypothesis.sum, hypothesis.length, this.#lengthPenalty);
    let place = this.#kept.length;
    while (place > 0 && this.#kept[place - 1]!.score < score) place--;
    this.#kept.splice(place, 0, { hypothesis, end, score });
    if (this.#kept.length > this.#capacity) this.#kept.pop();
  }

  get kept(): readonly Finished[] {
    return this.#kept;
  }

  get full(): boolean {
    return this.#kept.length === this.#capacity;
  }

  /** What a new one must exceed; -Infinity while there is room. */
  get worstScore(): number {
    return this.full ? this.#kept.at(-1)!.score : -Infinity;
  }
}
