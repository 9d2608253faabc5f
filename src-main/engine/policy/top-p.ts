import type { Distribution } from '../distribution.ts';
import { renormalised } from './candidates.ts';
import { smallestSet } from './smallest-set.ts';

/**
 * The smallest set of likeliest tokens whose probabilities reach `p` in sum (Holtzman et al. 2020), in their order.
 * @param p greater than 0, at most 1; 1 keeps all
 */
export function topP(distribution: Distribution, p: number): Distribution {
  const { probabilities } = distribution;
  if (p >= 1 || probabilities.length < 2) return distribution;
  // All tokens below this bound together hold less than 1 - p: none of them can be needed to reach p.
  const bound = (1 - p) / probabilities.length;
  const likely = new Int32Array(probabilities.length);
  const keys = new Float64Array(probabilities.length);
  let size = 0;
  for (let index = 0; index < probabilities.length; index++) {
    if (probabilities[index]! < bound) continue;
    likely[size++] = index;
    keys[index] = -probabilities[index]!;
  }
  return renormalised(distribution, smallestSet(distribution, likely.subarray(0, size), keys, p));
}
