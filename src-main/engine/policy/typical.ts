import type { Distribution } from '../distribution.ts';
import { renormalised } from './candidates.ts';
import { entropyOf } from './entropy.ts';
import { smallestSet } from './smallest-set.ts';

/**
 * Locally typical sampling: of the tokens whose surprise is closest to the entropy, the fewest whose probabilities
 * reach `mass` in sum (Meister et al. 2023). The likeliest token may be left out.
 * @param mass greater than 0, at most 1; 1 keeps all
 */
export function typical(distribution: Distribution, mass: number): Distribution {
  const { probabilities } = distribution;
  if (mass >= 1 || probabilities.length < 2) return distribution;
  const entropy = entropyOf(distribution);
  // All tokens below this bound together hold less than 1 - mass. Where its surprise is twice the entropy or more,
  // they are also further from the entropy than all others, so that none of them can be needed.
  const bound = (1 - mass) / probabilities.length;
  const floor = -Math.log(bound) >= 2 * entropy ? bound : 0;
  const likely = new Int32Array(probabilities.length);
  const distances = new Float64Array(probabilities.length);
  let size = 0;
  for (let index = 0; index < probabilities.length; index++) {
    if (probabilities[index]! < floor) continue;
    likely[size++] = index;
    distances[index] = Math.abs(-Math.log(probabilities[index]!) - entropy);
  }
  return renormalised(distribution, smallestSet(distribution, likely.subarray(0, size), distances, mass));
}
