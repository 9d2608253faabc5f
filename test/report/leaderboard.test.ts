import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NamedVote } from '../../src-main/report/leaderboard.ts';
import { leaderboardOf, wilsonInterval } from '../../src-main/report/leaderboard.ts';

const vote = (firstName: string, secondName: string, outcome: NamedVote['outcome']): NamedVote => ({
  firstName,
  secondName,
  outcome,
});

describe('wilsonInterval', () => {
  // Newcombe 1998, table I, method 3 (the score interval without continuity correction).
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %d in %d matches the published one', (successes, count, low, high) => {
    const [found, upper] = wilsonInterval(successes, count);
    expect(found).toBeCloseTo(low, 4);
    expect(upper).toBeCloseTo(high, 4);
  });

  test('contains the proportion and stays within 0 and 1', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 1000 }), (count, half) => {
        const successes = Math.min(count, half / 2);
        const [low, high] = wilsonInterval(successes, count);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(successes / count + 1e-12);
        expect(high).toBeGreaterThanOrEqual(successes / count - 1e-12);
      }),
    );
  });

  test('is [0, 1] without trials', () => {
    expect(wilsonInterval(0, 0)).toEqual([0, 1]);
  });
});

describe('the leaderboard', () => {
  test('counts wins, losses and ties by name, best first', () => {
    const rows = leaderboardOf([
      vote('Greedy', 'Beam', 'second'),
      vote('Beam', 'Sampling', 'first'),
      vote('Greedy', 'Sampling', 'tie'),
    ]);
    expect(rows.map(({ name, wins, ties, losses, share }) => ({ name, wins, ties, losses, share }))).toEqual([
      { name: 'Beam', wins: 2, ties: 0, losses: 0, share: 1 },
      { name: 'Greedy', wins: 0, ties: 1, losses: 1, share: 0.25 },
      { name: 'Sampling', wins: 0, ties: 1, losses: 1, share: 0.25 },
    ]);
  });

  test('ignores skipped votes and votes on columns of the same name', () => {
    expect(leaderboardOf([vote('a', 'b', 'skip'), vote('a', 'a', 'first')])).toEqual([]);
  });

  test('has as many wins as losses', () => {
    const names = fc.constantFrom('a', 'b', 'c');
    const votes = fc.array(fc.tuple(names, names, fc.constantFrom('first', 'second', 'tie', 'skip')));
    fc.assert(
      fc.property(votes, (list) => {
        const rows = leaderboardOf(list.map(([first, second, outcome]) => vote(first, second, outcome)));
        const sum = (of: (row: (typeof rows)[number]) => number) =>
          rows.reduce((total, row) => total + of(row), 0);
        expect(sum(({ wins }) => wins)).toBe(sum(({ losses }) => losses));
        expect(sum(({ ties }) => ties) % 2).toBe(0);
      }),
    );
  });
});
