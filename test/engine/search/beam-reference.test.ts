import { describe, expect, test } from 'vitest';
import { token } from '../../fakes/hash-model.ts';
import { differenceOf, readBeamReference, referenceShift } from './beam-reference.ts';

const { prompts, maximumTokens } = readBeamReference();
const searches = prompts.flatMap((prompt) => prompt.searches);

describe("the reference's beam searches", () => {
  test('cover every width, length penalty and early stopping, on 20 prompts', () => {
    const plain = searches.filter(({ minimumTokens, noRepeat }) => minimumTokens === 0 && noRepeat === 0);
    const combinations = plain.map(({ width, lengthPenalty, earlyStopping }) =>
      [width, lengthPenalty, earlyStopping].join(),
    );
    expect([prompts.length, plain.length, new Set(combinations).size]).toEqual([20, 240, 48]);
    expect(searches.every(({ width, hypotheses }) => hypotheses.length === width)).toBe(true);
  });

  test('have scores that their own log-probabilities add up to', () => {
    for (const { hypotheses, lengthPenalty } of searches) {
      for (const { ids, score, logProbabilities } of hypotheses) {
        expect(ids.length).toBeLessThanOrEqual(maximumTokens);
        const sum = logProbabilities.reduce((total, value) => total + value, 0);
        expect(Math.abs(score * ids.length ** lengthPenalty - sum)).toBeLessThan(1e-3);
      }
    }
  });

  test('are a little too high, by float32: never below the exact sums, and by no more than the shift', () => {
    // A score divided by the length is rounded too much in the fixture.
    const sharp = searches.filter(({ lengthPenalty }) => lengthPenalty <= 0);
    const shifts = sharp.flatMap(({ hypotheses, lengthPenalty }) =>
      hypotheses.map(
        ({ ids, score, exactSum }) => (score * ids.length ** lengthPenalty - exactSum) / ids.length,
      ),
    );
    expect(Math.max(...shifts)).toBeLessThan(referenceShift);
    expect(Math.min(...shifts)).toBeGreaterThan(-referenceShift / 10);
  });

  test('early stopping decides some of them, so that it is tested at all', () => {
    const lengths = searches.flatMap(({ hypotheses }) => hypotheses.map(({ ids }) => ids.length));
    expect(lengths.filter((length) => length < maximumTokens).length).toBeGreaterThan(200);
  });
});

test('a difference in a token, a score or a number of hypotheses is noticed (negative control)', () => {
  const [search] = searches;
  if (!search) throw new RangeError('the fixture is empty');
  const same = search.hypotheses.map(({ ids, score, logProbabilities }) => ({
    tokens: ids.map((id, index) => ({ token: id, logProbability: logProbabilities[index]! })),
    end: 'length' as const,
    logProbabilitySum: 0,
    score,
  }));
  expect(differenceOf(same, search)).toMatchObject({ otherRanks: [], score: 0, logProbability: 0 });
  const [first, ...others] = same;
  const changed = { ...first!, tokens: first!.tokens.map((each) => ({ ...each, token: token(1) })) };
  expect(differenceOf([changed, ...others], search).otherRanks).toEqual([0]);
  expect(differenceOf([{ ...first!, score: first!.score + 0.01 }, ...others], search).score).toBeCloseTo(
    0.01,
  );
  expect(differenceOf(others, search).otherRanks).toContain(search.width - 1);
});
