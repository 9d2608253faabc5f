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
  const all = new Int32Array(probabilities.length);
  const distances = new Float64Array(probabilities.length);
  for (let index = 0; index < probabilities.length; index++) {
    all[index] = index;
    distances[index] = Math.abs(-Math.log(probabilities[index]!) - entropy);
  }
  return renormalised(distribution, smallestSet(distribution, all, distances, mass));
}
