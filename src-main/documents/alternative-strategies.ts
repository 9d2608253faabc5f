import type { Strategy } from '../contract/strategy.ts';
import { parseStrategy, seedOf, withBest, withSeedAdvanced } from '../contract/strategy.ts';

/** One run of several that together produce the alternatives. */
export interface AlternativeRun {
  readonly strategy: Strategy;
  /** The most texts that it produces. */
  readonly texts: number;
}

/** Least width of the beam search that finds alternatives to a text that is always the same. */
const minWidth = 4;

/**
 * The runs that produce `count` different texts: one of `strategy` itself if one text is enough, consecutive seeds
 * if it draws, else the best hypotheses of a search.
 */
export function alternativeRuns(strategy: Strategy, count: number): readonly AlternativeRun[] {
  const single = withBest(strategy, 1) ?? strategy;
  if (count === 1) return [{ strategy: single, texts: 1 }];
  if (seedOf(strategy) === undefined)
    return [{ strategy: withBest(strategy, count) ?? beam(count), texts: count }];
  return Array.from({ length: count }, (_, index) => ({
    strategy: withSeedAdvanced(single, index),
    texts: 1,
  }));
}

function beam(best: number): Strategy {
  return parseStrategy({ kind: 'beam', width: Math.max(minWidth, best), best });
}
