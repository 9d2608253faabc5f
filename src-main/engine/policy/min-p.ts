import type { Distribution } from '../distribution.ts';
import { atLeast, largestOf } from './probability-floor.ts';

/**
 * The tokens that are at least `share` times as likely as the likeliest (Nguyen et al. 2024).
 * @param share 0 to 1; 0 keeps all
 */
export function minP(distribution: Distribution, share: number): Distribution {
  return share <= 0 ? distribution : atLeast(distribution, share * largestOf(distribution.probabilities));
}
