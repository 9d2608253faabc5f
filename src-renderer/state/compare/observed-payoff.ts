import type { Comparison, ComparisonRun } from '../../../src-main/contract/comparison.ts';
import type { Strategy } from '../../../src-main/contract/strategy.ts';
import { isSpeculation, tokenStrategyOf } from '../../../src-main/contract/strategy.ts';

/** A column that guesses. */
export interface ObservedColumn {
  readonly name: string;
  readonly acceptance: number | null;
  /** Times the fastest column that chooses by the same policy and guesses nothing; null where there is none. */
  readonly speedUp: number | null;
  /** Its runs that are done. */
  readonly runs: readonly ComparisonRun[];
}

/** What speculation came to in a comparison. */
export interface ObservedPayoff {
  /**
   * How probable a guess was to be right, given that those before it were, 0 to 1: guesses behind the first wrong
   * one were never tried. null where nothing was guessed.
   */
  readonly acceptance: number | null;
  readonly columns: readonly ObservedColumn[];
}

/** What the text depends on, seed aside: the comparison gives all columns one. */
const policyOf = (strategy: Strategy) => JSON.stringify({ ...tokenStrategyOf(strategy), seed: 0 });

export function observedPayoff({ columns, runs }: Pick<Comparison, 'columns' | 'runs'>): ObservedPayoff {
  const columnsWithRuns = columns.flatMap(({ id, name, strategy }) => {
    const own = runs.filter(({ columnId, status }) => columnId === id && status === 'done');
    return tokenStrategyOf(strategy) && own.length > 0 ? [{ name, strategy, runs: own }] : [];
  });
  const plain = columnsWithRuns.filter(({ strategy }) => !isSpeculation(strategy));
  const guessing = columnsWithRuns.filter(({ strategy }) => isSpeculation(strategy));
  return {
    acceptance: acceptanceOf(guessing.flatMap((column) => column.runs)),
    columns: guessing.map(({ name, strategy, runs: own }) => {
      const like = plain.filter((other) => policyOf(other.strategy) === policyOf(strategy));
      const fastest = Math.max(...like.map((other) => decodingSpeed(other.runs)));
      const speedUp = fastest > 0 && like.length > 0 ? decodingSpeed(own) / fastest : null;
      return { name, acceptance: acceptanceOf(own), speedUp, runs: own };
    }),
  };
}

function acceptanceOf(runs: readonly ComparisonRun[]): number | null {
  let [tried, right] = [0, 0];
  for (const event of runs.flatMap(({ trace }) => trace)) {
    if (event.type !== 'round') continue;
    tried += Math.min(event.accepted + 1, event.proposed.length);
    right += event.accepted;
  }
  return tried > 0 ? right / tried : null;
}

/** Tokens a second behind the first, the median of the runs: reading the prompt takes all strategies the same. */
function decodingSpeed(runs: readonly ComparisonRun[]): number {
  const speeds = runs.flatMap(({ statistics }) => statistics?.tokensPerSecond ?? []);
  const sorted = speeds.sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
