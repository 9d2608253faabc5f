import type { Comparison } from '../../src-main/contract/comparison.ts';
import { newComparison } from '../../src-main/comparisons/new-comparison.ts';
import { sampleRequest } from './comparison-samples.ts';
import { sampleStatistics, tokenEvent } from '../conversations/samples.ts';

/** The generation statistics of each run of `finishedComparison`. */
export const tokensOfRun = 50;
const tokens = Array.from({ length: tokensOfRun }, (_, position) => {
  const { type: _type, ...token } = tokenEvent(position);
  return token;
});
const columns = Array.from({ length: 6 }, (_, index) => ({
  name: `Column ${index}`,
  strategy: { kind: 'greedy' } as const,
}));

/** A comparison whose six columns have all run; created `index` milliseconds after the first one. */
export function finishedComparison(index: number): Comparison {
  const comparison = newComparison(
    { ...sampleRequest, prompt: `Once upon a time ${index}`, columns: [...columns], repeats: 1 },
    1000 + index,
  );
  const output = { text: tokens.map(({ text }) => text).join(''), tokens, statistics: sampleStatistics };
  const end = { status: 'done', endReason: 'length', startedAt: 1000 + index } as const;
  return { ...comparison, runs: comparison.runs.map((run) => ({ ...run, ...output, ...end })) };
}
