import type { Noise } from '../noise.ts';
import type { Ranking } from './top-continuations.ts';

/** -ln(-ln(u)) of the largest u that noise gives is less. */
const largestGumbel = 38;

/**
 * Ranks by summed log-probability plus Gumbel noise: the highest k are k draws without replacement, in the order
 * of drawing (Gumbel top-k, Kool et al. 2019). The noise of leaf 0 is that of `choose` at the same position.
 * @param position how many tokens or rounds lie before
 */
export function gumbelRanking(noise: Noise, position: number, vocabularySize: number): Ranking {
  return {
    headroom: largestGumbel,
    key: (leaf, token, sum, threshold) => {
      const uniform = noise(position, leaf * vocabularySize + token);
      const excess = sum - threshold;
      // -ln(u) >= 1 - u and 1 / (1 - x) >= e^x: most can be seen to lose without a logarithm.
      if ((1 - uniform) * (1 - excess) >= 1) return -Infinity;
      return sum - Math.log(-Math.log(uniform));
    },
  };
}
