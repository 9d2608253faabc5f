import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededNoise } from '../../../src-main/engine/noise.ts';
import type { Ranking } from '../../../src-main/engine/search/top-continuations.ts';
import {
  HammingDiversity,
  TopContinuations,
  gumbelRanking,
} from '../../../src-main/engine/search/top-continuations.ts';
import { token } from '../../fakes/hash-model.ts';

/** Scores with many equals among them, and some that are forbidden. */
const score = fc.oneof(
  fc.constant(-Infinity),
  fc.integer({ min: -6, max: 0 }),
  fc.float({ min: -40, max: 0, noNaN: true }),
);
const rowsOf = (length: number) =>
  fc.array(fc.array(score, { minLength: length, maxLength: length }), { minLength: 1, maxLength: 4 });

function bestOf(rows: readonly (readonly number[])[], capacity: number, ranking?: Ranking): string[] {
  const top = new TopContinuations(capacity, ranking);
  rows.forEach((row, leaf) => top.offer(leaf, Float32Array.from(row), -leaf));
  return top.best.map(({ leaf, token, sum }) => `${leaf} ${token} ${sum}`);
}

/** The same by a full sort of all keys. */
function sorted(rows: readonly (readonly number[])[], capacity: number, ranking?: Ranking): string[] {
  return rows
    .flatMap((row, leaf) =>
      [...Float32Array.from(row).entries()].map(([id, value]) => {
        const sum = value - leaf;
        return { leaf, id, sum, key: ranking ? ranking.key(leaf, id, sum, -Infinity) : sum };
      }),
    )
    .filter(({ sum }) => sum > -Infinity)
    .sort((one, other) => other.key - one.key)
    .slice(0, capacity)
    .map(({ leaf, id, sum }) => `${leaf} ${id} ${sum}`);
}

describe('the top continuations', () => {
  test('are the best of all leaves; ties go to the earlier', () => {
    expect(
      bestOf(
        [
          [-1, -2, -1],
          [0, -3, -1],
        ],
        4,
      ),
    ).toEqual(['0 0 -1', '0 2 -1', '1 0 -1', '0 1 -2']);
  });

  test('are those of a full sort', () => {
    fc.assert(
      fc.property(rowsOf(12), fc.integer({ min: 1, max: 60 }), (rows, capacity) => {
        expect(bestOf(rows, capacity)).toEqual(sorted(rows, capacity));
      }),
    );
  });

  test('are those of a full sort with noise, also where losers are passed over early', () => {
    fc.assert(
      fc.property(rowsOf(12), fc.integer({ min: 1, max: 20 }), fc.nat(), (rows, capacity, seed) => {
        const ranking = gumbelRanking(seededNoise(seed), 3, 12);
        expect(bestOf(rows, capacity, ranking)).toEqual(sorted(rows, capacity, ranking));
      }),
    );
  });

  test('are those of a full sort with diversity', () => {
    fc.assert(
      fc.property(
        rowsOf(12),
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.integer({ min: 0, max: 11 })),
        (rows, capacity, chosen) => {
          const diversity = new HammingDiversity(0.75);
          for (const id of chosen) diversity.add(token(id));
          const ranking = diversity.ranking();
          expect(bestOf(rows, capacity, ranking)).toEqual(sorted(rows, capacity, ranking));
        },
      ),
    );
  });

  test('a token chosen twice is held back twice', () => {
    const diversity = new HammingDiversity(1);
    diversity.add(token(0));
    diversity.add(token(0));
    diversity.add(token(1));
    expect(bestOf([[-1, -1.5, -2.75]], 3, diversity.ranking())).toEqual(['0 1 -1.5', '0 2 -2.75', '0 0 -1']);
  });
});
