import { choose } from '../choose.ts';
import type { Noise } from '../noise.ts';
import type { Acceptance } from './acceptance.ts';

/**
 * The token that plain decoding would choose: a proposal is accepted if it guessed that one. So the text
 * doesn't depend on who proposed how much (drafter-invariant decoding, Daliri et al. 2024).
 */
export function sameText(noise: Noise): Acceptance {
  return (distribution, position) => choose(distribution, position, noise);
}
