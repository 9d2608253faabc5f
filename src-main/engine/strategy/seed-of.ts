import type { TokenStrategy } from '../../contract/strategy.ts';

/** The seed of what `strategy` draws; greedy draws nothing, and any seed does. */
export function seedOf(strategy: TokenStrategy): number {
  return strategy.kind === 'sampling' ? strategy.seed : 0;
}
