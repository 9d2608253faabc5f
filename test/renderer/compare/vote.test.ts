import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NewVote } from '../../../src-main/contract/comparison.ts';
import { sampleRun, tokensOf } from '../../report/sample-run.ts';
import { BlindVote, votePairs } from '../../../src-renderer/state/compare/vote.svelte.ts';
import { comparison, done, waiting } from './sample-comparison.ts';

const three = comparison([done('a', 'x'), done('b', 'y'), done('c', 'z'), done('d', 'x'), waiting('e')]);
const namesOf = ({ first, second }: { first: { columnId: string }; second: { columnId: string } }) =>
  [first.columnId, second.columnId].sort().join('');

test('every pair of different texts is shown once, in random order', () => {
  fc.assert(
    fc.property(fc.infiniteStream(fc.float({ min: 0, max: Math.fround(0.999) })), (stream) => {
      const pairs = votePairs(three, [], () => stream.next().value ?? 0);
      expect(pairs.map(namesOf).sort()).toEqual(['ab', 'ac', 'bc', 'bd', 'cd']);
    }),
  );
});

test('sides and order reveal nothing: each column comes first half of the time', () => {
  let state = 1;
  const random = () => (state = (state * 48271) % 2147483647) / 2147483647;
  const [sides, places] = [new Map<string, number>(), new Map<string, number>()];
  for (let turn = 0; turn < 4000; turn++) {
    const pairs = votePairs(three, [], random);
    const pair = pairs.find((candidate) => namesOf(candidate) === 'ab');
    if (pair) sides.set(pair.first.columnId, (sides.get(pair.first.columnId) ?? 0) + 1);
    const first = pairs[0] && namesOf(pairs[0]);
    places.set(first ?? '', (places.get(first ?? '') ?? 0) + 1);
  }
  // Five standard deviations of a fair coin and of a fair five-sided die.
  expect(Math.abs((sides.get('a') ?? 0) - 2000)).toBeLessThan(160);
  for (const name of ['ab', 'ac', 'bc', 'bd', 'cd']) {
    expect(Math.abs((places.get(name) ?? 0) - 800)).toBeLessThan(127);
  }
  const biased = votePairs(three, [], () => 0).filter(({ first }) => first.columnId === 'a');
  expect(biased.length).toBeGreaterThan(0);
});

test('the pair judged least often comes first, whichever side each text was on', () => {
  const cast = [
    ['a', 'b'],
    ['c', 'a'],
    ['b', 'a'],
    ['d', 'b'],
  ].map(([first, second]) => {
    const runOf = (name?: string) => three.runs.find(({ columnId }) => columnId === name)?.id ?? '';
    return { firstRunId: runOf(first), secondRunId: runOf(second) };
  });
  fc.assert(
    fc.property(fc.infiniteStream(fc.float({ min: 0, max: Math.fround(0.999) })), (stream) => {
      const pairs = votePairs(three, cast, () => stream.next().value ?? 0);
      expect(pairs.map(({ judged }) => judged)).toEqual([0, 0, 1, 1, 2]);
      expect(pairs.slice(0, 2).map(namesOf).sort()).toEqual(['bc', 'cd']);
      expect(pairs.slice(4).map(namesOf)).toEqual(['ab']);
    }),
  );
});

test('runs are compared with runs of the same repeat', () => {
  const later = sampleRun('b', { repeat: 1, tokens: tokensOf('w') });
  expect(votePairs(comparison([done('a', 'x'), later]), [], () => 0)).toEqual([]);
});

test('a vote is saved once, then the names are shown and the next pair follows', async () => {
  const kept: NewVote[] = [];
  const keep = (cast: NewVote) => Promise.resolve(kept.push(cast) > 0);
  const vote = new BlindVote({ comparison: three, cast: [], random: () => 0, keep });
  const { pair } = vote;
  vote.next();
  expect(vote.at).toBe(0);
  await Promise.all([vote.vote('first'), vote.vote('second')]);
  expect(kept).toEqual([
    { comparisonId: three.id, firstRunId: pair?.first.id, secondRunId: pair?.second.id, outcome: 'first' },
  ]);
  expect(vote.outcome).toBe('first');
  vote.next();
  expect([vote.at, vote.outcome]).toEqual([1, null]);
});

test('a vote that could not be saved can be cast again', async () => {
  const keep = () => Promise.resolve(false);
  const vote = new BlindVote({ comparison: three, cast: [], random: () => 0, keep });
  await vote.vote('tie');
  expect(vote.outcome).toBeNull();
});
