import type { Comparison, ComparisonRun } from '../../../src-main/contract/comparison.ts';
import { parseStrategy } from '../../../src-main/contract/strategy.ts';
import { sampleRun } from '../sample-run.ts';

/** A comparison with a greedy and a beam column, one run each by default. */
export function wholeComparison(changes: Partial<Comparison> = {}): Comparison {
  const runs: readonly ComparisonRun[] = [sampleRun('a'), sampleRun('b')];
  return {
    id: 'sample',
    name: 'Tale',
    prompt: 'Once upon a time',
    raw: true,
    systemPrompt: '',
    repeats: 1,
    seed: 5,
    maxTokens: 50,
    notes: '',
    tags: ['story'],
    starred: false,
    modelId: 'model',
    provider: 'cpu',
    createdAt: 1,
    updatedAt: 2,
    rerunOf: null,
    columns: [
      { id: 'a', name: 'Greedy', strategy: parseStrategy({ kind: 'greedy' }) },
      { id: 'b', name: 'Beam', strategy: parseStrategy({ kind: 'beam' }) },
    ],
    runs,
    ...changes,
  };
}
