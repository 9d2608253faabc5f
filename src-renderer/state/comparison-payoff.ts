import type { Comparison } from '../../src-main/contract/comparison.ts';
import type { Strategy } from '../../src-main/contract/strategy.ts';
import { tokenStrategyOf } from '../../src-main/contract/strategy.ts';
import { resultTable } from '../../src-main/report/result-table.ts';

/** What speculation came to in a comparison; each null where the comparison doesn't tell. */
export interface ObservedPayoff {
  /** Share of the guesses that came true, 0 to 1, over all runs that are done. */
  readonly acceptance: number | null;
  /** Times plain decoding of the same policy: the fastest column that guesses against the fastest that doesn't. */
  readonly speedUp: number | null;
}

const guesses = ({ kind }: Strategy) => kind === 'auto' || kind === 'speculative';
/** What the text depends on, seed aside: the comparison gives all columns one. */
const policyOf = (strategy: Strategy) => JSON.stringify({ ...tokenStrategyOf(strategy), seed: 0 });

export function observedPayoff(comparison: Pick<Comparison, 'columns' | 'runs'>): ObservedPayoff {
  let [proposed, accepted] = [0, 0];
  for (const { status, statistics } of comparison.runs) {
    if (status !== 'done' || statistics === null) continue;
    proposed += statistics.proposedTokens ?? 0;
    accepted += statistics.acceptedTokens ?? 0;
  }
  const speeds = resultTable(comparison).rows.flatMap(({ column: { strategy }, cells }) =>
    tokenStrategyOf(strategy) && cells.tokensPerSecond
      ? [{ strategy, speed: cells.tokensPerSecond.median }]
      : [],
  );
  const speedUps = speeds.flatMap(({ strategy, speed }) => {
    const like = speeds.filter(
      (other) => !guesses(other.strategy) && policyOf(other.strategy) === policyOf(strategy),
    );
    if (!guesses(strategy) || like.length === 0) return [];
    return [speed / Math.max(...like.map((other) => other.speed))];
  });
  return {
    acceptance: proposed > 0 ? accepted / proposed : null,
    speedUp: speedUps.length > 0 ? Math.max(...speedUps) : null,
  };
}
