import type { Distribution } from '../distribution.ts';
import { renormalised } from './candidates.ts';

/**
 * The tokens that are at least `share` times as likely as the likeliest (Nguyen et al. 2024).
 * @param share 0 to 1; 0 keeps all
 */
export function minP(distribution: Distribution, share: number): Distribution {
  if (share <= 0) return distribution;
  const { probabilities } = distribution;
  let largest = 0;
  for (const probability of probabilities) if (probability > largest) largest = probability;
  const kept: number[] = [];
  for (let index = 0; index < probabilities.length; index++) {
    if (probabilities[index]! >= share * largest) kept.push(index);
  }
  return renormalised(distribution, Int32Array.from(kept));
}
