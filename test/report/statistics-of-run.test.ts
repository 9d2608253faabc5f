import { expect, test } from 'vitest';
import { figuresOf } from '../../src-main/report/statistics-of-run.ts';
import { sampleRun, tokensOf } from './sample-run.ts';

const round = { type: 'round', position: 0, source: 'prompt-lookup', draftMs: 1, verifyMs: 8 } as const;

test('sums up the tokens', () => {
  const figures = figuresOf(sampleRun('a', { tokens: tokensOf('a', 'b', 'a', 'b') }));
  expect(figures).toEqual({
    outputTokens: 4,
    logProbabilitySum: -2,
    logProbabilityMean: -0.5,
    perplexity: Math.exp(0.5),
    distinct: [2 / 4, 2 / 3, 1],
    repetition: 0,
    acceptance: null,
  });
});

test('an end token counts as output but not as text', () => {
  const tokens = tokensOf('a', 'b', 'a');
  const figures = figuresOf({ tokens, trace: [] }, new Set([tokens[2]?.id ?? 0]));
  expect([figures.outputTokens, figures.distinct[0]]).toEqual([3, 1]);
});

test('acceptance covers all rounds', () => {
  const trace = [
    { ...round, proposed: ['a', 'b', 'c'], accepted: 3 },
    { ...round, proposed: ['d'], accepted: 0 },
  ];
  expect(figuresOf({ tokens: [], trace }).acceptance).toBe(0.75);
});
