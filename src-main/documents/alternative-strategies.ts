import type { Strategy } from '../contract/strategy.ts';
import { withSeed } from '../contract/strategy.ts';

/** How one run turns out its part of the alternatives. */
export interface AlternativeRun {
  readonly strategy: Strategy;
  /** How many texts it turns out at most. */
  readonly texts: number;
}

/** Width of the beam that finds alternatives to what is always the same; at least as many as are asked for. */
const smallestBeam = 4;
const largestSeed = 4_294_967_295;

/**
 * The runs that make `count` different texts: `strategy` itself where one is enough, consecutive seeds where
 * it draws, else the best of a search.
 */
export function alternativeRuns(strategy: Strategy, count: number): readonly AlternativeRun[] {
  if (count === 1) return [{ strategy: withBest(strategy, 1), texts: 1 }];
  if (strategy.kind === 'beam' && !strategy.sample) {
    const width = wideEnough(Math.max(strategy.width, count), strategy.groups);
    return [{ strategy: { ...strategy, width, best: count }, texts: count }];
  }
  if (strategy.kind === 'candidate-set' && strategy.policy !== 'sampling') {
    const candidates = Math.max(strategy.candidates, count);
    return [{ strategy: { ...strategy, candidates, best: count }, texts: count }];
  }
  const seed = seedOf(strategy);
  if (seed === undefined) return [{ strategy: beam(count), texts: count }];
  return Array.from({ length: count }, (_, index) => {
    const other = withSeed(strategy, (seed + index) % (largestSeed + 1)) ?? strategy;
    return { strategy: withBest(other, 1), texts: 1 };
  });
}

/** The seed of what draws; undefined where nothing is drawn. */
function seedOf(strategy: Strategy): number | undefined {
  if ('seed' in strategy) return strategy.seed;
  if (strategy.kind !== 'auto' && strategy.kind !== 'speculative') return undefined;
  return strategy.policy.kind === 'sampling' ? strategy.policy.seed : undefined;
}

function withBest(strategy: Strategy, best: number): Strategy {
  return 'best' in strategy ? { ...strategy, best } : strategy;
}

function wideEnough(width: number, groups: number): number {
  return Math.ceil(width / groups) * groups;
}

function beam(best: number): Strategy {
  return {
    ...{ kind: 'beam', width: Math.max(smallestBeam, best), best, lengthPenalty: 1, earlyStopping: false },
    ...{ minimumLength: 0, noRepeatNgram: 0, groups: 1, diversityPenalty: 0, sample: false, seed: 0 },
  };
}
