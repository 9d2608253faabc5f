import type { Distribution } from '../distribution.ts';
import type { TokenId } from '../model.ts';
import { renormalised } from './candidates.ts';

/**
 * XTC (exclude top choices): of the tokens with a probability of at least `threshold` only the least likely stays, so
 * that a less expected word is taken where several would do (p-e-w 2024). With fewer than two such tokens, nothing
 * changes. The caller draws whether it is applied at a position.
 * @param threshold 0 to 0.5, commonly 0.1; above 0.5 nothing changes, since two tokens can't reach it
 * @param spared tokens that are never left out, such as the end tokens, without which answers don't end
 */
export function excludeTopChoices(
  distribution: Distribution,
  threshold: number,
  spared: ReadonlySet<TokenId>,
): Distribution {
  const { tokens, probabilities } = distribution;
  let last = -1;
  let count = 0;
  for (let index = 0; index < probabilities.length; index++) {
    if (probabilities[index]! < threshold) continue;
    count++;
    if (last < 0 || isLessLikely(distribution, index, last)) last = index;
  }
  if (count < 2) return distribution;
  const kept = new Int32Array(probabilities.length);
  let size = 0;
  for (let index = 0; index < probabilities.length; index++) {
    const top = probabilities[index]! >= threshold && index !== last;
    if (!top || spared.has(tokens[index] as TokenId)) kept[size++] = index;
  }
  return renormalised(distribution, kept.subarray(0, size));
}

/** Among equally likely tokens the one with the higher id counts as less likely. */
function isLessLikely({ tokens, probabilities }: Distribution, one: number, other: number): boolean {
  const difference = probabilities[one]! - probabilities[other]!;
  return difference < 0 || (difference === 0 && tokens[one]! > tokens[other]!);
}
