import type { Distribution } from '../distribution.ts';
import { entropyOf } from './entropy.ts';
import { atLeast } from './probability-floor.ts';

/**
 * Eta sampling: an epsilon that sinks where many tokens are about as likely, min(ε, √ε · exp(-entropy)); the
 * likeliest tokens stay in any case (Hewitt et al. 2022).
 * @param epsilon 0 to 1, common are 0.0003 to 0.004; 0 keeps all
 */
export function etaCutoff(distribution: Distribution, epsilon: number): Distribution {
  if (epsilon <= 0) return distribution;
  return atLeast(distribution, Math.min(epsilon, Math.sqrt(epsilon) * Math.exp(-entropyOf(distribution))));
}
