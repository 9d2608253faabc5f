import type { Distribution } from '../distribution.ts';
import { renormalised } from './candidates.ts';

/**
 * The smallest set of likeliest tokens whose probabilities reach `p` in sum (Holtzman et al. 2020).
 * @param p greater than 0, at most 1; 1 keeps all
 */
export function topP(distribution: Distribution, p: number): Distribution {
  const { tokens, probabilities } = distribution;
  if (p >= 1 || tokens.length < 2) return distribution;
  // All tokens below this bound together hold less than 1 - p: none of them can be needed to
  // reach p, and only the others have to be sorted.
  const bound = (1 - p) / tokens.length;
  const likely: number[] = [];
  for (let index = 0; index < tokens.length; index++) {
    if (probabilities[index]! >= bound) likely.push(index);
  }
  const order = Int32Array.from(likely).sort(
    (a, b) => probabilities[b]! - probabilities[a]! || tokens[a]! - tokens[b]!,
  );
  let sum = 0;
  let size = 0;
  while (size < order.length && sum < p) sum += probabilities[order[size++]!]!;
  return renormalised(distribution, order.subarray(0, size));
}
