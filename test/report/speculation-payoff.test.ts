import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ForwardCosts } from '../../src-main/contract/forward-costs.ts';
import {
  bestPayoff,
  breakEvenAcceptance,
  forwardMilliseconds,
  payoffsOf,
  speedUpOf,
} from '../../src-main/report/speculation-payoff.ts';

/** Width 1 and 2 cost 10 ms, each token more 1 ms. */
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

test('a width that was not measured lies on the line between its neighbours', () => {
  expect([1, 2, 3, 5, 7].map((width) => forwardMilliseconds(costs, width))).toEqual([10, 10, 11, 13, 15]);
});

describe('the speed-up', () => {
  test('is the tokens of a round over its time', () => {
    expect(speedUpOf(costs, 1, 0)).toBe(1);
    expect(speedUpOf(costs, 1, 1)).toBe(2);
    expect(speedUpOf(costs, 4, 1)).toBeCloseTo(50 / 13, 12);
    expect(speedUpOf(costs, 2, 0.5)).toBeCloseTo((1.75 * 10) / 11, 12);
    expect(speedUpOf(drafted(5), 2, 0.5)).toBeCloseTo((1.75 * 10) / 21, 12);
  });

  test('rises with the acceptance, and is 1 at the break-even one', () => {
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

test('a draft as dear as the model itself never pays', () => {
  const payoffs = payoffsOf(drafted(10), 0.99);
  expect(payoffs.map(({ breakEven }) => breakEven)).toEqual([null, null, null, null]);
  expect(bestPayoff(payoffs)).toBeNull();
});

test('the best lookahead grows with the acceptance', () => {
  expect(bestPayoff(payoffsOf(costs, 0.2))?.lookahead).toBe(1);
  expect(bestPayoff(payoffsOf(costs, 0.95))?.lookahead).toBe(4);
});
