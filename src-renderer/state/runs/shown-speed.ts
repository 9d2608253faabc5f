import type { Statistics } from '../../../src-main/contract/generation.ts';

/** Share of the whole time that must lie behind the first token for the speed behind it to say anything. */
const leastShare = 0.05;

/**
 * Tokens a second: behind the first one, as for every strategy; where all of the text comes at once, at the end
 * of a search, over the whole time.
 */
export function shownSpeed({ outputTokens, firstTokenMs, totalMs, tokensPerSecond }: Statistics): number {
  if (outputTokens < 2 || totalMs <= 0 || totalMs - firstTokenMs >= totalMs * leastShare)
    return tokensPerSecond;
  return (outputTokens * 1000) / totalMs;
}
