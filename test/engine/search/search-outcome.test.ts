import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Hypothesis } from '../../../src-main/engine/search/hypothesis.ts';
import { commonAncestor, emptyHypothesis, extended } from '../../../src-main/engine/search/hypothesis.ts';
import { SettledPrefix } from '../../../src-main/engine/search/search-outcome.ts';
import { token } from '../../fakes/hash-model.ts';
import { idsOf } from './collect-search.ts';

const grown = (from: Hypothesis, ...ids: number[]) =>
  ids.reduce((text, id) => extended(text, { token: token(id), logProbability: -1 }, text.sum - 1), from);

test('settles what all have in common, each token once', () => {
  const start = emptyHypothesis();
  const prefix = new SettledPrefix(start);
  const trunk = grown(start, 1, 2);
  const branch = grown(trunk, 3);
  const [one, other] = [grown(branch, 4, 5), grown(branch, 6)];
  expect(idsOf(prefix.settle([one, other, grown(trunk, 9)]))).toEqual([1, 2]);
  expect(idsOf(prefix.unsettled(other))).toEqual([3, 6]);
  expect(prefix.settle([one, other, trunk])).toEqual([]);
  expect(idsOf(prefix.settle([one, other]))).toEqual([3]);
  expect(idsOf(prefix.settle([one]))).toEqual([4, 5]);
  expect(prefix.settle([])).toEqual([]);
});

test('the common ancestor of two nodes of a tree is the deepest that is above both', () => {
  const parents = fc.array(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(parents, fc.nat(), fc.nat(), (places, first, second) => {
      const nodes = [emptyHypothesis()];
      for (const place of places) nodes.push(grown(nodes[place % nodes.length]!, nodes.length));
      const [one, other] = [nodes[first % nodes.length]!, nodes[second % nodes.length]!];
      const line = (from: Hypothesis): Hypothesis[] => (from.parent ? [from, ...line(from.parent)] : [from]);
      expect(commonAncestor(one, other)).toBe(line(one).find((node) => line(other).includes(node)));
    }),
  );
});

test('hypotheses of different searches have nothing in common', () => {
  expect(() => commonAncestor(grown(emptyHypothesis(), 1), grown(emptyHypothesis(), 1))).toThrow(/different/);
});
