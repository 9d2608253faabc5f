import type { TokenId } from '../model.ts';

/**
 * Divides a positive score by `penalty` and multiplies a negative one, once for every token that
 * occurs in the context, prompt included (Keskar et al. 2019, CTRL). 1 changes nothing.
 * @param scores changed in place
 * @param penalty greater than 0, common are 1 to 1.3
 * @param start the first place of the context that counts
 */
export function penaliseRepetition(
  scores: Float32Array,
  context: readonly TokenId[],
  penalty: number,
  start = 0,
): void {
  if (penalty === 1) return;
  // A mark a token is faster than a set of tokens, which is built anew for every token of an answer.
  const seen = new Uint8Array(scores.length);
  for (let place = start; place < context.length; place++) {
    const token = context[place]!;
    if (seen[token] !== 0) continue;
    seen[token] = 1;
    const score = scores[token]!;
    scores[token] = score > 0 ? score / penalty : score * penalty;
  }
}
