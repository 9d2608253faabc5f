import type { Distribution } from '../distribution.ts';
import { atLeast } from './probability-floor.ts';

/**
 * Epsilon sampling: the tokens with a probability of at least `epsilon`, or else the likeliest ones
 * (Hewitt et al. 2022).
 * @param epsilon 0 to 1, common are 0.0003 to 0.001; 0 keeps all
 */
export function epsilonCutoff(distribution: Distribution, epsilon: number): Distribution {
  return epsilon <= 0 ? distribution : atLeast(distribution, epsilon);
}
