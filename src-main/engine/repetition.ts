import type { Statistics } from '../contract/generation.ts';
import type { TokenId } from './model.ts';

/**
 * How much a text repeats itself: distinct-1, -2 and -3, the share of n-grams that are distinct (Li et al. 2016),
 * and seq-rep-4, the share of 4-grams that occurred before (Welleck et al. 2020).
 */
export function repetitionOf(tokens: readonly TokenId[]): Pick<Statistics, 'distinct' | 'repetition'> {
  return {
    distinct: [distinctShare(tokens, 1), distinctShare(tokens, 2), distinctShare(tokens, 3)],
    repetition: 1 - distinctShare(tokens, 4),
  };
}

/** 1 if the text has no n-gram of this length. */
function distinctShare(tokens: readonly TokenId[], length: number): number {
  const all = tokens.length - length + 1;
  if (all <= 0) return 1;
  const seen = new Set<string>();
  for (let start = 0; start < all; start++) seen.add(tokens.slice(start, start + length).join(' '));
  return seen.size / all;
}
