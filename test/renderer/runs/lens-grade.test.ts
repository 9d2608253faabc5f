import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gradeOf, shownToken, visibleSpaces } from '../../../src-renderer/state/runs/lens-grade.ts';

const certain = { logProbability: 0 };

describe('a grade', () => {
  test.each([
    [1, 0],
    [0.9, 0],
    [0.75, 1],
    [0.45, 2],
    [0.2, 3],
    [0.05, 4],
  ])('of probability %d is %d', (probability, grade) => {
    expect(gradeOf('probability', { logProbability: Math.log(probability) })).toBe(grade);
  });

  test.each([
    [0, 0],
    [1, 1],
    [4, 2],
    [19, 3],
    [20, 4],
  ])('of rank %d is %d', (rank, grade) => {
    expect(gradeOf('rank', { ...certain, rank })).toBe(grade);
  });

  test('of an origin distinguishes draft tokens from tokens of the model', () => {
    const grades = (['accepted', 'bonus', 'model', 'recovered', undefined] as const).map((origin) =>
      gradeOf('origin', { ...certain, origin }),
    );
    expect(grades).toEqual([0, 1, 2, 3, 2]);
  });

  test('is unknown until the engine has inspected the token', () => {
    expect([gradeOf('rank', certain), gradeOf('entropy', certain)]).toEqual([undefined, undefined]);
  });

  test('of a token that the user chose is unknown', () => {
    const chosen = { logProbability: NaN };
    expect([gradeOf('probability', chosen), gradeOf('origin', chosen)]).toEqual([undefined, undefined]);
  });

  test('never falls as a token becomes less expected', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -30, max: 0, noNaN: true }),
        fc.double({ min: 0, max: 30, noNaN: true }),
        (high, drop) => {
          const grade = (logProbability: number) => gradeOf('probability', { logProbability }) ?? -1;
          expect(grade(high - drop)).toBeGreaterThanOrEqual(grade(high));
        },
      ),
    );
  });
});

test('spaces and line ends are made visible', () => {
  expect(shownToken(' a\n')).toBe(' a⏎\n');
  expect(visibleSpaces(' a\tb\n')).toBe('·a→b⏎');
});
