import type { RunToken } from '../../src-main/contract/run.ts';
import type { Comparison, ComparisonRun } from '../../src-main/contract/comparison.ts';
import type { Statistics } from '../../src-main/contract/generation.ts';
import { parseStrategy } from '../../src-main/contract/strategy.ts';

export const sampleStatistics: Statistics = {
  promptTokens: 4,
  reusedTokens: 0,
  outputTokens: 10,
  firstTokenMs: 20,
  totalMs: 1000,
  tokensPerSecond: 11,
  forwards: 5,
  logProbabilitySum: -8,
  logProbabilityMean: -0.8,
  perplexity: 2.2,
  distinct: [0.9, 1, 1],
  repetition: 0,
};

export const tokensOf = (...words: readonly string[]): RunToken[] =>
  words.map((text, position) => ({
    position,
    id: [...text].reduce((sum, letter) => 31 * sum + (letter.codePointAt(0) ?? 0), 7) % 49_000,
    text,
    logProbability: -0.5,
    policyLogProbability: 0,
  }));

export function sampleRun(columnId: string, changes: Partial<ComparisonRun> = {}): ComparisonRun {
  const tokens = changes.tokens ?? tokensOf('There', ' was');
  return {
    id: `${columnId}-${changes.repeat ?? 0}`,
    columnId,
    repeat: 0,
    status: 'done',
    text: tokens.map(({ text }) => text).join(''),
    tokens,
    trace: [],
    endReason: 'length',
    statistics: sampleStatistics,
    error: null,
    startedAt: 1,
    adapter: null,
    kernels: { kind: 'operators', instructionSet: 'avx512' },
    ...changes,
  };
}

/** A comparison with a greedy column for each column id in `runs`. */
export function sampleComparison(runs: readonly ComparisonRun[]): Pick<Comparison, 'columns' | 'runs'> {
  const ids = [...new Set(runs.map(({ columnId }) => columnId))];
  return { columns: ids.map((id) => ({ id, name: id, strategy: parseStrategy({ kind: 'greedy' }) })), runs };
}
