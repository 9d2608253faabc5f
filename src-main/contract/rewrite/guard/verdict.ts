/** Why a change of a rewrite isn't applied by itself; the most informative first. */
export const changeDoubts = [
  'number',
  'name',
  'address',
  'markup',
  'emoji',
  'quotation',
  'line-break',
  'spacing',
  'negation',
  'new-words',
  'lost-words',
  'rewritten',
  'word',
  'meaning',
  'capital',
  'repetition',
  'punctuation',
  'unlikely',
] as const;
export type ChangeDoubt = (typeof changeDoubts)[number];

/** `sure`: applied with the others; `unsure`: a suggestion; `reverted`: taken back. */
export type Verdict =
  | { readonly verdict: 'sure'; readonly doubt: null }
  | { readonly verdict: 'unsure' | 'reverted'; readonly doubt: ChangeDoubt };

export const sure: Verdict = { verdict: 'sure', doubt: null };
export const unsure = (doubt: ChangeDoubt): Verdict => ({ verdict: 'unsure', doubt });
export const reverted = (doubt: ChangeDoubt): Verdict => ({ verdict: 'reverted', doubt });

const order = ['sure', 'unsure', 'reverted'];

/** Whether `one` is graver than `other`, whatever their doubts. */
export function isGraver(one: Verdict, other: Verdict): boolean {
  return order.indexOf(one.verdict) > order.indexOf(other.verdict);
}

/** The graver of two verdicts; of equally grave ones, that with the doubt that comes first in `changeDoubts`. */
export function graver(one: Verdict, other: Verdict): Verdict {
  if (one.verdict !== other.verdict || one.doubt === null || other.doubt === null)
    return isGraver(other, one) ? other : one;
  return changeDoubts.indexOf(other.doubt) < changeDoubts.indexOf(one.doubt) ? other : one;
}
