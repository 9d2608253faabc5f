import type { Alternative } from '../../contract/generation.ts';
import type { TokenId } from '../model.ts';

/** A token with what the model thought of it. */
export interface ScoredToken {
  readonly token: TokenId;
  /** Natural logarithm, under the model before any adjustment. */
  readonly logProbability: number;
  /** The likeliest tokens at its place, where they were asked for. */
  readonly alternatives?: readonly Alternative[];
}

/**
 * A continuation of the prompt, as its last token and the hypothesis before it. Hypotheses with a prefix in
 * common share it, so that a step costs the same however long the text has become.
 */
export interface Hypothesis {
  /** Both undefined for the prompt itself. */
  readonly parent: Hypothesis | undefined;
  readonly last: ScoredToken | undefined;
  /** Tokens behind the prompt. */
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

/** The tokens of `hypothesis` behind its first `length` ones. */
export function tokensBehind(hypothesis: Hypothesis, length: number): readonly ScoredToken[] {
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
