import type { RunToken, TraceEvent } from '../../src-main/contract/run.ts';
import * as fc from 'fast-check';
import type { Comparison, ComparisonRun, NewComparison } from '../../src-main/contract/comparison.ts';
import type { Kernels } from '../../src-main/contract/model-card.ts';
import type { SearchStep, Statistics } from '../../src-main/contract/generation.ts';
import { parseStrategy } from '../../src-main/contract/strategy.ts';
import type { ComparisonRequest } from '../../src-main/comparisons/new-comparison.ts';

export const sampleComparison: NewComparison = {
  prompt: 'Once upon a time',
  raw: true,
  systemPrompt: '',
  columns: [
    { name: 'Greedy', strategy: parseStrategy({ kind: 'greedy' }) },
    { name: 'Beam', strategy: parseStrategy({ kind: 'beam', width: 8 }) },
    { name: 'Draft', strategy: parseStrategy({ kind: 'speculative' }) },
  ],
  repeats: 2,
  seed: 7,
  maxTokens: 50,
};

export const sampleRequest: ComparisonRequest = {
  ...sampleComparison,
  modelId: 'sample-model',
  provider: 'cpu',
};

/** A step of a search of `width` live nodes and as many dropped ones. */
export function searchStep(width: number, step: number): SearchStep {
  const nodes = Array.from({ length: 2 * width }, (_, index) => ({
    parent: index % width,
    text: ` word${step}`,
    logProbabilitySum: -1.2345678901234 * (step + 1) - index / 3,
    score: -1.2345678901234 - index / (3 * (step + 1)),
    fate: index < width ? ('live' as const) : ('dropped' as const),
  }));
  return { type: 'beam-step', nodes };
}

export const sampleRound: TraceEvent = {
  type: 'round',
  position: 3,
  source: 'prompt-lookup',
  proposed: [' upon', ' "a"', '{"number":1}'],
  accepted: 2,
  draftMs: 0.5,
  verifyMs: 12.25,
};

const text = fc.string({ unit: 'binary', maxLength: 20 });
// No -0: JSON and SQLite store it as 0.
const number = fc.double().map((value) => (value === 0 ? 0 : value));
const time = fc.integer({ min: 0, max: 4_000_000_000_000 });

const hypothesis = fc.record({
  text,
  score: number,
  logProbabilitySum: number,
  tokens: fc.array(fc.record({ id: fc.nat(), logProbability: number }), { maxLength: 4 }),
});
const node = fc.record({
  parent: fc.nat(31),
  text,
  logProbabilitySum: number,
  score: number,
  fate: fc.constantFrom('live' as const, 'ended' as const, 'dropped' as const),
});

/** Any trace event, including numbers that JSON can't represent. */
export const anyTraceEvent: fc.Arbitrary<TraceEvent> = fc.oneof(
  fc.record({
    type: fc.constant('round' as const),
    position: fc.nat(),
    source: fc.constantFrom('prompt-lookup' as const, 'draft-model' as const),
    proposed: fc.array(text, { minLength: 1, maxLength: 4 }),
    accepted: fc.nat(4),
    draftMs: number,
    verifyMs: number,
  }),
  fc.record({
    type: fc.constantFrom('beam-step' as const, 'candidate-round' as const),
    nodes: fc.array(node, { maxLength: 4 }),
  }),
  fc.record({ type: fc.constant('hypotheses' as const), hypotheses: fc.array(hypothesis, { maxLength: 3 }) }),
);

/** A token without its position. */
export const anyToken: fc.Arbitrary<Omit<RunToken, 'position'>> = fc.record(
  {
    id: fc.nat(),
    text,
    logProbability: number,
    policyLogProbability: number,
    origin: fc.constantFrom('model' as const, 'accepted' as const, 'recovered' as const, 'bonus' as const),
  },
  { requiredKeys: ['id', 'text', 'logProbability', 'policyLogProbability'] },
);

export const anyStatistics: fc.Arbitrary<Statistics> = fc.record(
  {
    promptTokens: fc.nat(),
    reusedTokens: fc.nat(),
    outputTokens: fc.nat(),
    firstTokenMs: number,
    totalMs: number,
    tokensPerSecond: number,
    forwards: fc.nat(),
    proposedTokens: fc.nat(),
    acceptedTokens: fc.nat(),
    logProbabilitySum: number,
    logProbabilityMean: number,
    perplexity: number,
    distinct: fc.tuple(number, number, number),
    repetition: number,
  },
  { noNullPrototype: true },
);

const anyKernels = [
  { kind: 'operators', instructionSet: 'avx512' },
  { kind: 'standard', reason: 'no-graph' },
] as const satisfies Kernels[];

const anyRun = (columnId: string, repeat: number): fc.Arbitrary<ComparisonRun> =>
  fc.record({
    id: fc.uuid(),
    columnId: fc.constant(columnId),
    repeat: fc.constant(repeat),
    status: fc.constantFrom('waiting', 'done', 'stopped', 'interrupted', 'failed'),
    text,
    tokens: fc
      .array(anyToken, { maxLength: 4 })
      .map((tokens) => tokens.map((token, position) => ({ position, ...token }))),
    trace: fc.array(anyTraceEvent, { maxLength: 3 }),
    endReason: fc.constantFrom('end-token' as const, 'stopped' as const, null),
    statistics: fc.option(anyStatistics),
    error: fc.constantFrom(null, {
      code: 'engine-hung' as const,
      message: 'It "hung".',
      details: { silenceMs: 5, retried: false },
    }),
    startedAt: fc.option(time),
    kernels: fc.constantFrom(null, ...anyKernels),
    adapter: fc.constantFrom(null, 'editor'),
  });

const strategies = sampleComparison.columns.map(({ strategy }) => strategy);

/** Any comparison that a file may contain, in any state of its runs. */
export const anyComparison: fc.Arbitrary<Comparison> = fc
  .record({
    columnIds: fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 4 }),
    repeats: fc.integer({ min: 1, max: 3 }),
  })
  .chain(({ columnIds, repeats }) => {
    const turns = Array.from({ length: repeats }, (_, repeat) => columnIds.map((id) => anyRun(id, repeat)));
    return fc.record({
      id: fc.uuid(),
      name: text,
      notes: text,
      tags: fc.array(text, { maxLength: 3 }),
      starred: fc.boolean(),
      prompt: text,
      raw: fc.boolean(),
      systemPrompt: text,
      repeats: fc.constant(repeats),
      seed: fc.nat(),
      maxTokens: fc.integer({ min: 1, max: 8192 }),
      modelId: text,
      provider: text,
      createdAt: time,
      updatedAt: time,
      rerunOf: fc.option(fc.uuid()),
      columns: fc.tuple(
        ...columnIds.map((id) =>
          fc.record({ id: fc.constant(id), name: text, strategy: fc.constantFrom(...strategies) }),
        ),
      ),
      runs: fc.tuple(...turns.flat()),
    });
  });
