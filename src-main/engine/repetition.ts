import type { Statistics } from '../contract/generation.ts';
import type { TokenId } from './model.ts';

/**
 * How much a text repeats itself: distinct runs of 1, 2 and 3 tokens over all runs of that length (Li et al.
 * 2016), and the share of runs of 4 that stood before (seq-rep-4, Welleck et al. 2020).
 */
export function repetitionOf(tokens: readonly TokenId[]): Pick<Statistics, 'distinct' | 'repetition'> {
  return {
    distinct: [distinctShare(tokens, 1), distinctShare(tokens, 2), distinctShare(tokens, 3)],
    repetition: 1 - distinctShare(tokens, 4),
  };
}

/** 1 where the text is shorter than `length`: nothing in it repeats. */
function distinctShare(tokens: readonly TokenId[], length: number): number {
  const all = tokens.length - length + 1;
  if (all <= 0) return 1;
  const seen = new Set<string>();
  for (let start = 0; start < all; start++) seen.add(tokens.slice(start, start + length).join(' '));
  return seen.size / all;
}
