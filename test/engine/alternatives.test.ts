import fc from 'fast-check';
import { expect, test } from 'vitest';
import { policyAlternatives } from '../../src-main/engine/alternatives.ts';
import { letters } from '../fakes/hash-model.ts';

const distributionOf = (probabilities: readonly number[]) => ({
  tokens: Int32Array.from(probabilities.keys()),
  probabilities: Float64Array.from(probabilities),
});

test('lists the most likely first, without those the policy excluded', () => {
  const found = policyAlternatives(distributionOf([0.125, 0.5, 0, 0.25, 0.125]), 5, letters);
  expect(found.map(({ id }) => id)).toEqual([1, 3, 0, 4]);
  expect(found[0]).toEqual({ id: 1, text: letters.text(1 as never), logProbability: Math.log(0.5) });
});

test('is the front of the whole sorted list', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 26 }),
      fc.integer({ min: 1, max: 20 }),
      (weights, count) => {
        const sorted = [...weights.entries()]
          .filter(([, weight]) => weight > 0)
          .sort(([one, a], [other, b]) => b - a || one - other)
          .map(([id]) => id);
        const found = policyAlternatives(distributionOf(weights), count, letters);
        expect(found.map(({ id }) => id)).toEqual(sorted.slice(0, count));
      },
    ),
  );
});
