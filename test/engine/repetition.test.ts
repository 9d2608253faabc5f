import { expect, test } from 'vitest';
import { repetitionOf } from '../../src-main/engine/repetition.ts';
import { tokens } from '../fakes/hash-model.ts';

test('a text without a repeat is all distinct', () => {
  expect(repetitionOf(tokens(1, 2, 3, 4, 5))).toEqual({ distinct: [1, 1, 1], repetition: 0 });
});

test('counts runs over all of their length', () => {
  // 1 2 1 2 1 2: two of six tokens, two of five pairs, two of four triples, two of three runs of four.
  expect(repetitionOf(tokens(1, 2, 1, 2, 1, 2))).toEqual({
    distinct: [2 / 6, 2 / 5, 2 / 4],
    repetition: 1 - 2 / 3,
  });
});

test('what is too short to repeat does not', () => {
  expect(repetitionOf([])).toEqual({ distinct: [1, 1, 1], repetition: 0 });
  expect(repetitionOf(tokens(7, 7))).toEqual({ distinct: [0.5, 1, 1], repetition: 0 });
});

test('tokens are compared as numbers, not as digits', () => {
  expect(repetitionOf(tokens(1, 11, 111, 1)).distinct[1]).toBe(1);
});
