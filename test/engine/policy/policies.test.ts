import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Distribution } from '../../../src-main/engine/distribution.ts';
import { fastExp } from '../../../src-main/engine/fast-exp.ts';
import { penaliseRepetition } from '../../../src-main/engine/policy/adjustments.ts';
import { softmax } from '../../../src-main/engine/policy/candidates.ts';
import { applyTemperature } from '../../../src-main/engine/policy/temperature.ts';
import { allTokens, topK } from '../../../src-main/engine/policy/top-k.ts';
import { minP, topP } from '../../../src-main/engine/policy/truncations.ts';
import { tokens } from '../../fakes/hash-model.ts';

const fourths: Distribution = {
  tokens: Int32Array.of(0, 1, 2, 3),
  probabilities: Float64Array.of(0.1, 0.2, 0.3, 0.4),
};

/** Tokens and probabilities rounded to 6 places, to compare by eye. */
function rounded({ tokens: ids, probabilities }: Distribution): [number, number][] {
  return Array.from(ids, (id, index) => [id, Number(probabilities[index]!.toFixed(6))]);
}

const scoreArrays = fc
  .array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 60 })
  .map((values) => Float32Array.from(values, (value) => value / 4));

describe('temperature', () => {
  test('divides every score', () => {
    const scores = Float32Array.of(-2, 0, 1);
    applyTemperature(scores, 0.5);
    expect([...scores]).toEqual([-4, 0, 2]);
  });
});

describe('repetition penalty', () => {
  test('divides positive scores and multiplies negative ones, once per token', () => {
    const scores = Float32Array.of(2, -2, 3, -3);
    penaliseRepetition(scores, tokens(0, 1, 0, 1), 2);
    expect([...scores]).toEqual([1, -4, 3, -3]);
  });
});

describe('top-k', () => {
  test('keeps the k highest, highest first; ties go to the lower id', () => {
    const { tokens: kept, scores } = topK(Float32Array.of(1, 5, 3, 5, 3), 3);
    expect([...kept]).toEqual([1, 3, 2]);
    expect([...scores]).toEqual([5, 5, 3]);
  });

  test('agrees with a full sort', () => {
    fc.assert(
      fc.property(scoreArrays, fc.integer({ min: 1, max: 70 }), (scores, k) => {
        const sorted = Array.from(scores.keys()).sort((a, b) => scores[b]! - scores[a]! || a - b);
        expect([...topK(scores, k).tokens]).toEqual(sorted.slice(0, k));
      }),
    );
  });
});

describe('top-p', () => {
  test.each([
    [0.1, [[3, 1]]],
    [0.4, [[3, 1]]],
    [
      0.41,
      [
        [2, 0.428571],
        [3, 0.571429],
      ],
    ],
    [
      0.7,
      [
        [2, 0.428571],
        [3, 0.571429],
      ],
    ],
    [
      0.8,
      [
        [1, 0.222222],
        [2, 0.333333],
        [3, 0.444444],
      ],
    ],
  ])('keeps the smallest set that reaches %f', (p, expected) => {
    expect(rounded(topP(fourths, p))).toEqual(expected);
  });

  test('1 keeps all', () => {
    expect(topP(fourths, 1)).toBe(fourths);
  });

  test('agrees with a full sort, and keeps as few as possible', () => {
    fc.assert(
      fc.property(scoreArrays, fc.integer({ min: 1, max: 99 }), (scores, percent) => {
        const distribution = softmax(allTokens(scores));
        const { probabilities } = distribution;
        const order = Array.from(probabilities.keys()).sort(
          (a, b) => probabilities[b]! - probabilities[a]! || a - b,
        );
        const kept = topP(distribution, percent / 100).tokens;
        expect([...kept]).toEqual(order.slice(0, kept.length).sort((a, b) => a - b));
        const mass = (count: number) =>
          order.slice(0, count).reduce((sum, id) => sum + probabilities[id]!, 0);
        expect(mass(kept.length)).toBeGreaterThan(percent / 100 - 1e-12);
        expect(mass(kept.length - 1)).toBeLessThan(percent / 100 + 1e-12);
      }),
    );
  });
});

describe('min-p', () => {
  test('keeps tokens with at least a share of the highest probability', () => {
    expect(rounded(minP(fourths, 0.5))).toEqual([
      [1, 0.222222],
      [2, 0.333333],
      [3, 0.444444],
    ]);
    expect(minP(fourths, 0)).toBe(fourths);
  });
});

test('all tokens and top-k leave out banned tokens', () => {
  const scores = Float32Array.of(1, -Infinity, 3, -Infinity);
  expect([...allTokens(scores).tokens]).toEqual([0, 2]);
  expect([...allTokens(scores).scores]).toEqual([1, 3]);
  expect([...topK(scores, 3).tokens]).toEqual([2, 0]);
});

test('fastExp agrees with Math.exp to 13 digits', () => {
  expect(fastExp(0)).toBe(1);
  expect(fastExp(-Infinity)).toBe(0);
  fc.assert(
    fc.property(fc.double({ min: -120, max: 0, noNaN: true }), (x) => {
      expect(Math.abs(fastExp(x) / Math.exp(x) - 1)).toBeLessThan(1e-13);
    }),
  );
});

test('softmax sums to 1 and preserves the order', () => {
  fc.assert(
    fc.property(scoreArrays, (scores) => {
      const { probabilities } = softmax(allTokens(scores));
      expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
      for (let id = 1; id < scores.length; id++) {
        expect(Math.sign(probabilities[id]! - probabilities[0]!)).toBe(Math.sign(scores[id]! - scores[0]!));
      }
    }),
  );
});
