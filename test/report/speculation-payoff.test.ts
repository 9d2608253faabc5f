import type { TraceEvent } from '../../src-main/contract/run.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ForwardCosts } from '../../src-main/contract/forward-costs.ts';
import {
  bestPayoff,
  breakEvenAcceptance,
  forwardMilliseconds,
  payoffsOf,
  predictedSpeedUp,
  speedUpOf,
} from '../../src-main/report/speculation-payoff.ts';
import { sampleStatistics } from './sample-run.ts';

/** Widths 1 and 2 cost 10 ms, each further token 1 ms. */
const costs: ForwardCosts = {
  modelId: 'sample',
  contextTokens: 256,
  forwards: [
    { width: 1, milliseconds: 10 },
    { width: 2, milliseconds: 10 },
    { width: 5, milliseconds: 13 },
  ],
  draft: null,
};
const drafted = (milliseconds: number): ForwardCosts => ({ ...costs, draft: { modelId: 'd', milliseconds } });

test('costs of unmeasured widths are interpolated linearly', () => {
  expect([1, 2, 3, 5, 7].map((width) => forwardMilliseconds(costs, width))).toEqual([10, 10, 11, 13, 15]);
});

describe('the speed-up', () => {
  test('is the tokens per round over its relative cost', () => {
    expect(speedUpOf(costs, 1, 0)).toBe(1);
    expect(speedUpOf(costs, 1, 1)).toBe(2);
    expect(speedUpOf(costs, 4, 1)).toBeCloseTo(50 / 13, 12);
    expect(speedUpOf(costs, 2, 0.5)).toBeCloseTo((1.75 * 10) / 11, 12);
    expect(speedUpOf(drafted(5), 2, 0.5)).toBeCloseTo((1.75 * 10) / 21, 12);
  });

  test('increases with the acceptance and is 1 at the break-even point', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.double({ min: 0, max: 9, noNaN: true }),
        (length, draft) => {
          const found = breakEvenAcceptance(drafted(draft), length);
          if (found === null) expect(speedUpOf(drafted(draft), length, 1)).toBeLessThanOrEqual(1);
          else if (found > 1e-9) expect(speedUpOf(drafted(draft), length, found)).toBeCloseTo(1, 9);
        },
      ),
    );
  });
});

test('a draft model as expensive as the model itself never pays off', () => {
  const payoffs = payoffsOf(drafted(10), 0.99);
  expect(payoffs.map(({ breakEven }) => breakEven)).toEqual([null, null, null, null]);
  expect(bestPayoff(payoffs)).toBeNull();
});

test('the best draft length increases with the acceptance', () => {
  expect(bestPayoff(payoffsOf(costs, 0.2))?.draftLength).toBe(1);
  expect(bestPayoff(payoffsOf(costs, 0.95))?.draftLength).toBe(4);
});

describe('the predicted speed-up of a run', () => {
  const round = (proposed: number, source: 'prompt-lookup' | 'draft-model'): TraceEvent => ({
    ...{ type: 'round', position: 1, source, accepted: 1, draftMs: 0, verifyMs: 0 },
    proposed: Array.from({ length: proposed }, () => 'a'),
  });
  // Eleven tokens: the first from the prefill, then two rounds and five forwards of width 1.
  const statistics = { ...sampleStatistics, outputTokens: 11, forwards: 8 };

  test('is the time of plain decoding over the time of its forwards', () => {
    const trace = [round(1, 'prompt-lookup'), round(4, 'prompt-lookup')];
    expect(predictedSpeedUp(costs, { trace, statistics })).toBeCloseTo(100 / (50 + 10 + 13), 12);
  });

  test('includes the drafts of a draft model and is unknown without their cost', () => {
    const trace = [round(1, 'prompt-lookup'), round(4, 'draft-model')];
    expect(predictedSpeedUp(drafted(2), { trace, statistics })).toBeCloseTo(100 / (50 + 10 + 13 + 8), 12);
    expect(predictedSpeedUp(costs, { trace, statistics })).toBeNull();
  });

  test('is unknown without proposals or before the run has finished', () => {
    expect(predictedSpeedUp(costs, { trace: [], statistics })).toBeNull();
    expect(predictedSpeedUp(costs, { trace: [round(1, 'prompt-lookup')], statistics: null })).toBeNull();
  });
});
