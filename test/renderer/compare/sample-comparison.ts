import type { Comparison, ComparisonRun, ComparisonSummary } from '../../../src-main/contract/comparison.ts';
import type { GenerationEvent } from '../../../src-main/contract/generation.ts';
import type { RecordedRun } from '../../../src-main/contract/run.ts';
import { parseStrategy } from '../../../src-main/contract/strategy.ts';
import { sampleRun, tokensOf } from '../../report/sample-run.ts';

export const comparisonId = '00000000-0000-4000-8000-00000000c0a1';
export const greedy = parseStrategy({ kind: 'greedy' });
export const sampling = parseStrategy({ kind: 'sampling' });

/** A comparison of two columns, `a` and `b`, with `runs`. */
export function comparison(runs: readonly ComparisonRun[], changes: Partial<Comparison> = {}): Comparison {
  return {
    id: comparisonId,
    name: 'Once upon a time',
    notes: '',
    tags: [],
    starred: false,
    modelId: 'smollm2-135m-instruct',
    provider: 'cpu',
    createdAt: 1,
    updatedAt: 1,
    rerunOf: null,
    prompt: 'Once upon a time',
    raw: true,
    systemPrompt: '',
    columns: [
      { id: 'a', name: 'Greedy', strategy: greedy },
      { id: 'b', name: 'Sampling', strategy: sampling },
    ],
    runs,
    repeats: 1,
    seed: 7,
    maxTokens: 50,
    ...changes,
  };
}

/** A run that has not started. */
export const waiting = (columnId: string, repeat = 0): ComparisonRun =>
  sampleRun(columnId, {
    repeat,
    status: 'waiting',
    tokens: [],
    statistics: null,
    startedAt: null,
    kernels: null,
    adapter: null,
    endReason: null,
  });

/** A run in progress with these words. */
export const streaming = (columnId: string, ...words: readonly string[]): ComparisonRun =>
  sampleRun(columnId, {
    status: 'streaming',
    tokens: tokensOf(...words),
    statistics: null,
    endReason: null,
    startedAt: 0,
  });

export const done = (columnId: string, ...words: readonly string[]): ComparisonRun =>
  sampleRun(columnId, { tokens: tokensOf(...words) });

/** A run of the comparison `comparisonId`, as main pushes it. */
export function ofColumn(comparisonId: string, { columnId, repeat, ...run }: ComparisonRun): RecordedRun {
  const owner = { kind: 'column', comparisonId, columnId, repeat } as const;
  return { ...run, owner, modelId: 'smollm2-135m-instruct', provider: 'cpu', strategy: greedy };
}

/** The event of the token at `position`. */
export const tokenEvent = (position: number, text: string): GenerationEvent => ({
  type: 'token',
  position,
  id: 100 + position,
  text,
  logProbability: -1,
  policyLogProbability: 0,
});

export function summaryOf({
  id,
  name,
  tags,
  starred,
  createdAt,
  updatedAt,
  columns,
  runs,
}: Comparison): ComparisonSummary {
  return {
    id,
    name,
    columnNames: columns.map((column) => column.name),
    tags,
    starred,
    createdAt,
    updatedAt,
    doneRuns: runs.filter(({ status }) => status === 'done').length,
    allRuns: runs.length,
  };
}
