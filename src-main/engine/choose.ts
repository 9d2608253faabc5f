import type { Distribution } from './distribution.ts';
import type { TokenId } from './model.ts';
import type { Noise } from './noise.ts';

/**
 * How every strategy that decodes token by token draws: the argmax of log-probability plus Gumbel noise, a function
 * of (seed, position, token). Computed as the equivalent exponential race, argmin of -ln(u) / p, which needs a
 * logarithm only for the few tokens that can still win.
 */
export function choose(distribution: Distribution, position: number, noise: Noise): TokenId {
  const { tokens, probabilities } = distribution;
  if (tokens.length === 1) return tokens[0] as TokenId;
  let winner = tokens[0]!;
  let shortest = Infinity;
  for (let index = 0; index < tokens.length; index++) {
    const probability = probabilities[index]!;
    const uniform = noise(position, tokens[index]!);
    // -ln(u) >= 1 - u, so this one can't be shorter.
    if (1 - uniform >= shortest * probability) continue;
    const time = -Math.log(uniform) / probability;
    if (time < shortest) {
      shortest = time;
      winner = tokens[index]!;
    }
  }
  return winner as TokenId;
}
