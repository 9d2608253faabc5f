/** When a beam search ends that has as many finished hypotheses as its width. */
export type EarlyStopping = boolean | 'never';

/**
 * What hypotheses are compared by: the sum of log-probabilities divided by length to the power of `penalty`,
 * as in Hugging Face's generate. 0 is the plain sum, 1 the mean (Wu et al. 2016 use another function of length).
 * @param length at least 1
 */
export function lengthNormalised(sum: number, length: number, penalty: number): number {
  return sum / length ** penalty;
}

/**
 * The score that a live hypothesis is trusted to reach at most, given that sums never rise. With `never` it is a
 * true bound: a positive penalty is kindest to the longest text, any other to the shortest. Otherwise it is the
 * score at the present length, a guess that is too low for positive penalties.
 * @param length at least 1
 * @param maximumTokens length of the longest hypothesis
 */
export function attainableScore(
  sum: number,
  length: number,
  penalty: number,
  earlyStopping: EarlyStopping,
  maximumTokens: number,
): number {
  const kindest = earlyStopping === 'never' && penalty > 0 ? maximumTokens : length;
  return lengthNormalised(sum, kindest, penalty);
}
