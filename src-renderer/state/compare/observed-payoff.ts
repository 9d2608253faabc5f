import type { Comparison, ComparisonRun } from '../../../src-main/contract/comparison.ts';
import type { Strategy } from '../../../src-main/contract/strategy.ts';
import { isSpeculation, tokenStrategyOf } from '../../../src-main/contract/strategy.ts';

/** A column with speculation. */
export interface ObservedColumn {
  readonly name: string;
  readonly acceptance: number | null;
  /** Speed relative to the fastest column with the same policy and no speculation; null if there is none. */
  readonly speedUp: number | null;
  /** Its finished runs. */
  readonly runs: readonly ComparisonRun[];
}

/** How speculation performed in a comparison. */
export interface ObservedPayoff {
  /** Accepted / checked draft tokens: those after the first rejected one aren't checked. null without drafts. */
  readonly acceptance: number | null;
  readonly columns: readonly ObservedColumn[];
}

/** What the text depends on apart from the seed, which all columns share. */
const policyOf = (strategy: Strategy) => JSON.stringify({ ...tokenStrategyOf(strategy), seed: 0 });

export function observedPayoff({ columns, runs }: Pick<Comparison, 'columns' | 'runs'>): ObservedPayoff {
  const columnsWithRuns = columns.flatMap(({ id, name, strategy }) => {
    const own = runs.filter(({ columnId, status }) => columnId === id && status === 'done');
    return tokenStrategyOf(strategy) && own.length > 0 ? [{ name, strategy, runs: own }] : [];
  });
  const plain = columnsWithRuns.filter(({ strategy }) => !isSpeculation(strategy));
  const speculating = columnsWithRuns.filter(({ strategy }) => isSpeculation(strategy));
  return {
    acceptance: acceptanceOf(speculating.flatMap((column) => column.runs)),
    columns: speculating.map(({ name, strategy, runs: own }) => {
      const like = plain.filter((other) => policyOf(other.strategy) === policyOf(strategy));
      const fastest = Math.max(...like.map((other) => decodingSpeed(other.runs)));
      const speedUp = fastest > 0 && like.length > 0 ? decodingSpeed(own) / fastest : null;
      return { name, acceptance: acceptanceOf(own), speedUp, runs: own };
    }),
  };
}

function acceptanceOf(runs: readonly ComparisonRun[]): number | null {
  let [checked, accepted] = [0, 0];
  for (const event of runs.flatMap(({ trace }) => trace)) {
    if (event.type !== 'round') continue;
    checked += Math.min(event.accepted + 1, event.proposed.length);
    accepted += event.accepted;
  }
  return checked > 0 ? accepted / checked : null;
}

/** Median over the runs of tokens per second after the first, which excludes the prefill that all strategies share. */
function decodingSpeed(runs: readonly ComparisonRun[]): number {
  const speeds = runs.flatMap(({ statistics }) => statistics?.tokensPerSecond ?? []);
  const sorted = speeds.sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
