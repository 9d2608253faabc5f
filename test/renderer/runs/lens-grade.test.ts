import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tokenOrigins } from '../../../src-main/contract/generation.ts';
import {
  gradeOf,
  isGiven,
  lensModes,
  shownToken,
  visibleSpaces,
} from '../../../src-renderer/state/runs/lens-grade.ts';

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
    expect(grades).toEqual(['accepted', 'bonus', 'model', 'recovered', 'model']);
  });

  test('is unknown until the engine has inspected the token', () => {
    expect([gradeOf('rank', certain), gradeOf('entropy', certain)]).toEqual([undefined, undefined]);
  });

  test('of a token that the user chose is unknown', () => {
    const chosen = { logProbability: NaN };
    expect([gradeOf('probability', chosen), gradeOf('origin', chosen)]).toEqual([undefined, undefined]);
  });

  test('is there in a mode exactly if what the mode shows is known, whatever else is', () => {
    const token = fc.record({
      logProbability: fc.oneof(fc.constant(NaN), fc.double({ min: -30, max: 0, noNaN: true })),
      origin: fc.option(fc.constantFrom(...tokenOrigins), { nil: undefined }),
      rank: fc.option(fc.nat(50_000), { nil: undefined }),
      entropy: fc.option(fc.double({ min: 0, max: 11, noNaN: true }), { nil: undefined }),
    });
    fc.assert(
      fc.property(token, (known) => {
        const given = isGiven(known);
        expect(lensModes.map((mode) => gradeOf(mode, known) !== undefined)).toEqual([
          !given,
          !given || known.origin !== undefined,
          known.rank !== undefined,
          known.entropy !== undefined,
        ]);
      }),
    );
  });

  test('never falls as a token becomes less expected', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -30, max: 0, noNaN: true }),
        fc.double({ min: 0, max: 30, noNaN: true }),
        (high, drop) => {
          const grade = (logProbability: number) => Number(gradeOf('probability', { logProbability }));
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
