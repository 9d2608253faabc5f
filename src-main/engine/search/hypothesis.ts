import type { Alternative } from '../../contract/generation.ts';
import type { TokenId } from '../model.ts';

/** A token with the model's log-probability. */
export interface ScoredToken {
  readonly token: TokenId;
  /** Natural logarithm, under the model before any adjustment. */
  readonly logProbability: number;
  /** The most likely tokens at its position, if alternatives were requested. */
  readonly alternatives?: readonly Alternative[];
}

/**
 * A continuation of the prompt, as its last token and the hypothesis before it. Hypotheses share their common
 * prefix, so that a step costs the same however long the text has become.
 */
export interface Hypothesis {
  /** Both undefined for the prompt itself. */
  readonly parent: Hypothesis | undefined;
  readonly last: ScoredToken | undefined;
  /** Tokens after the prompt. */
  readonly length: number;
  /** Summed log-probability, after adjustments. */
  readonly sum: number;
}

/** The prompt without a continuation. */
export function emptyHypothesis(): Hypothesis {
  return { parent: undefined, last: undefined, length: 0, sum: 0 };
}

export function extended(parent: Hypothesis, last: ScoredToken, sum: number): Hypothesis {
  return { parent, last, length: parent.length + 1, sum };
}

/** The tokens of `hypothesis` after its first `length` ones. */
export function tokensAfter(hypothesis: Hypothesis, length: number): readonly ScoredToken[] {
  const tokens: ScoredToken[] = [];
  for (let at = hypothesis; at.length > length && at.parent && at.last; at = at.parent) tokens.push(at.last);
  return tokens.reverse();
}

/** The longest hypothesis that both continue; they must come from one empty hypothesis. */
export function commonAncestor(one: Hypothesis, other: Hypothesis): Hypothesis {
  let [a, b] = [one, other];
  while (a !== b) {
    const step = a.length >= b.length;
    if (b.length >= a.length) b = parentOf(b);
    if (step) a = parentOf(a);
  }
  return a;
}

function parentOf({ parent }: Hypothesis): Hypothesis {
  if (!parent) throw new RangeError('the hypotheses come from different searches');
  return parent;
}

/**
 * The score of a hypothesis: the sum of log-probabilities divided by length to the power of `penalty`, as in Hugging
 * Face's generate. 0 is the plain sum, 1 the mean (Wu et al. 2016 use another function of length).
 * @param length at least 1
 */
export function lengthNormalised(sum: number, length: number, penalty: number): number {
  return sum / length ** penalty;
}

/** Why a hypothesis isn't continued; `no-continuation`: every token was banned. */
export type HypothesisEnd = 'end-token' | 'stop-text' | 'loop' | 'length' | 'no-continuation';

export interface Finished {
  readonly hypothesis: Hypothesis;
  readonly end: HypothesisEnd;
  /** Its summed log-probability, normalised by its length. */
  readonly score: number;
}

/** The best finished hypotheses so far, best first; ties go to the earlier one. */
export class FinishedHypotheses {
  readonly #capacity: number;
  readonly #lengthPenalty: number;
  readonly #best: Finished[] = [];

  /** @param capacity at least 1 */
  constructor(capacity: number, lengthPenalty: number) {
    this.#capacity = capacity;
    this.#lengthPenalty = lengthPenalty;
  }

  add(hypothesis: Hypothesis, end: HypothesisEnd): void {
    const score = lengthNormalised(hypothesis.sum, hypothesis.length, this.#lengthPenalty);
    let place = this.#best.length;
    while (place > 0 && this.#best[place - 1]!.score < score) place--;
    this.#best.splice(place, 0, { hypothesis, end, score });
    if (this.#best.length > this.#capacity) this.#best.pop();
  }

  get best(): readonly Finished[] {
    return this.#best;
  }

  get full(): boolean {
    return this.#best.length === this.#capacity;
  }

  /** What a new one must exceed; -Infinity until there are as many as the capacity. */
  get worstScore(): number {
    return this.full ? this.#best.at(-1)!.score : -Infinity;
  }
}
