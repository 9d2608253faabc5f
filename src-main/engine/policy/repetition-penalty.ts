import type { TokenId } from '../model.ts';

/**
 * Divides a positive score by `penalty` and multiplies a negative one, once for every token that
 * occurs in the context, prompt included (Keskar et al. 2019, CTRL). 1 changes nothing.
 * @param scores changed in place
 */
export function penaliseRepetition(scores: Float32Array, context: readonly TokenId[], penalty: number): void {
  if (penalty === 1) return;
  for (const token of new Set(context)) {
    const score = scores[token]!;
    scores[token] = score > 0 ? score / penalty : score * penalty;
  }
}
