import { expect, test } from 'vitest';
import { attainableScore } from '../../../src-main/engine/search/beam.ts';
import type { Hypothesis } from '../../../src-main/engine/search/hypothesis.ts';
import {
  FinishedHypotheses,
  emptyHypothesis,
  extended,
  lengthNormalised,
} from '../../../src-main/engine/search/hypothesis.ts';
import { token } from '../../fakes/hash-model.ts';

function ofSum(sum: number, length: number): Hypothesis {
  let hypothesis = emptyHypothesis();
  for (let count = 1; count <= length; count++) {
    hypothesis = extended(
      hypothesis,
      { token: token(count), logProbability: sum / length },
      (sum * count) / length,
    );
  }
  return hypothesis;
}

test('a score is the sum divided by a power of the length', () => {
  expect([-1, 0, 1, 2].map((penalty) => lengthNormalised(-6, 2, penalty))).toEqual([-12, -6, -3, -1.5]);
});

test('a live hypothesis may attain the score of its most favourable length, which only `never` considers', () => {
  expect(attainableScore(-6, 2, 1, 'never', 12)).toBe(-0.5);
  expect(attainableScore(-6, 2, 1, false, 12)).toBe(-3);
  expect(attainableScore(-6, 2, -1, 'never', 12)).toBe(-12);
  expect(attainableScore(-6, 2, 0, 'never', 12)).toBe(-6);
});

test('keeps the best, the earlier of a tie, and reports the score to exceed', () => {
  const finished = new FinishedHypotheses(3, 1);
  expect(finished.worstScore).toBe(-Infinity);
  for (const [sum, length] of [
    [-8, 2],
    [-3, 3],
    [-2, 1],
  ] as const) {
    finished.add(ofSum(sum, length), 'end-token');
  }
  expect(finished.best.map(({ score }) => score)).toEqual([-1, -2, -4]);
  expect([finished.full, finished.worstScore]).toEqual([true, -4]);
  finished.add(ofSum(-5, 1), 'length');
  expect(finished.worstScore).toBe(-4);
  finished.add(ofSum(-4, 2), 'length');
  expect(finished.best.map(({ score, end }) => [score, end])).toEqual([
    [-1, 'end-token'],
    [-2, 'end-token'],
    [-2, 'length'],
  ]);
});
