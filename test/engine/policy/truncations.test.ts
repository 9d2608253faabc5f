import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Distribution } from '../../../src-main/engine/distribution.ts';
import { entropyOf, softmax } from '../../../src-main/engine/policy/candidates.ts';
import { Mirostat } from '../../../src-main/engine/policy/mirostat.ts';
import { applyDynamicTemperature } from '../../../src-main/engine/policy/temperature.ts';
import { allTokens } from '../../../src-main/engine/policy/top-k.ts';
import { topNSigma } from '../../../src-main/engine/policy/top-n-sigma.ts';
import { epsilonCutoff, etaCutoff, typical } from '../../../src-main/engine/policy/truncations.ts';
import { excludeTopChoices } from '../../../src-main/engine/policy/xtc.ts';
import { token, tokens } from '../../fakes/hash-model.ts';

/** Half of it on token 0, half of the rest on token 1 and so on: their surprise is 1, 2, 3 and 3 bits. */
const halves: Distribution = {
  tokens: Int32Array.of(0, 1, 2, 3),
  probabilities: Float64Array.of(1 / 2, 1 / 4, 1 / 8, 1 / 8),
};
const uniform: Distribution = {
  tokens: Int32Array.of(4, 5, 6, 7),
  probabilities: new Float64Array(4).fill(1 / 4),
};

const scoreArrays = fc
  .array(fc.integer({ min: -40, max: 40 }), { minLength: 1, maxLength: 60 })
  .map((values) => Float32Array.from(values, (value) => value / 4));

const keptOf = ({ tokens: ids }: Distribution) => [...ids];

test('entropy is in nats', () => {
  expect(entropyOf(halves)).toBeCloseTo(1.75 * Math.LN2, 12);
  expect(entropyOf(uniform)).toBeCloseTo(2 * Math.LN2, 12);
});

describe('typical', () => {
  test('takes what is closest to the entropy of 1.75 bits: token 1, then 0, then the others', () => {
    expect(keptOf(typical(halves, 0.2))).toEqual([1]);
    expect(keptOf(typical(halves, 0.3))).toEqual([0, 1]);
    expect(keptOf(typical(halves, 0.8))).toEqual([0, 1, 2]);
    expect(typical(halves, 1)).toBe(halves);
  });

  test('keeps what comes first when all are sorted by their distance', () => {
    fc.assert(
      fc.property(scoreArrays, fc.integer({ min: 1, max: 99 }), (scores, percent) => {
        const distribution = softmax(allTokens(scores));
        const entropy = entropyOf(distribution);
        const distances = Array.from(distribution.probabilities, (one) => Math.abs(-Math.log(one) - entropy));
        const order = [...distances.keys()].sort((a, b) => distances[a]! - distances[b]! || a - b);
        const kept = keptOf(typical(distribution, percent / 100));
        expect(kept).toEqual(order.slice(0, kept.length).sort((a, b) => a - b));
        const mass = (count: number) =>
          order.slice(0, count).reduce((sum, id) => sum + distribution.probabilities[id]!, 0);
        expect(mass(kept.length)).toBeGreaterThan(percent / 100 - 1e-12);
        expect(mass(kept.length - 1)).toBeLessThan(percent / 100 + 1e-12);
      }),
    );
  });
});

describe('epsilon cutoff', () => {
  test('keeps tokens that are likely enough, and always the most likely', () => {
    expect(keptOf(epsilonCutoff(halves, 0.2))).toEqual([0, 1]);
    expect(keptOf(epsilonCutoff(halves, 0.6))).toEqual([0]);
    expect(keptOf(epsilonCutoff(uniform, 0.3))).toEqual([4, 5, 6, 7]);
    expect(epsilonCutoff(halves, 0)).toBe(halves);
  });
});

describe('eta cutoff', () => {
  test('keeps more tokens if the entropy is high', () => {
    // sqrt(0.25) · 2^-1.75 = 0.149 is below 0.25.
    expect(keptOf(etaCutoff(halves, 0.25))).toEqual([0, 1]);
    // sqrt(0.16) · 2^-1.75 = 0.119 is below an eighth.
    expect(keptOf(etaCutoff(halves, 0.16))).toEqual([0, 1, 2, 3]);
    expect(etaCutoff(halves, 0)).toBe(halves);
  });
});

describe('top-nσ', () => {
  test('bans what is more than n deviations below the highest', () => {
    // Mean 5, deviation 3.
    const scores = Float32Array.of(2, 8, 2, 8, -Infinity);
    topNSigma(scores, 1.9);
    expect([...scores]).toEqual([-Infinity, 8, -Infinity, 8, -Infinity]);
  });

  test('keeps a token exactly at the limit, and all tokens at 0', () => {
    const scores = Float32Array.of(2, 8, 2, 8);
    topNSigma(scores, 2);
    topNSigma(scores, 0);
    expect([...scores]).toEqual([2, 8, 2, 8]);
  });
});

describe('dynamic temperature', () => {
  const range = { temperature: 1, spread: 0.5, exponent: 1 };

  test('is highest where all are alike, and low where one is certain', () => {
    const alike = Float32Array.of(3, 3, 3, -Infinity);
    applyDynamicTemperature(alike, range);
    expect([...alike]).toEqual([2, 2, 2, -Infinity]);
    const certain = Float32Array.of(300, 0);
    applyDynamicTemperature(certain, range);
    expect([...certain]).toEqual([600, 0]);
  });

  test('without a spread it is the temperature', () => {
    const scores = Float32Array.of(2, 4);
    applyDynamicTemperature(scores, { temperature: 2, spread: 0, exponent: 1 });
    expect([...scores]).toEqual([1, 2]);
  });
});

describe('XTC', () => {
  const none = new Set(tokens());

  test('of those above the threshold only the least likely stays', () => {
    const left = excludeTopChoices(halves, 0.2, none);
    expect(keptOf(left)).toEqual([1, 2, 3]);
    expect([...left.probabilities]).toEqual([0.5, 0.25, 0.25]);
    expect(keptOf(excludeTopChoices(halves, 0.125, none))).toEqual([3]);
  });

  test('nothing changes where fewer than two reach it', () => {
    expect(excludeTopChoices(halves, 0.3, none)).toBe(halves);
    expect(excludeTopChoices(halves, 0.6, none)).toBe(halves);
  });

  test('spares end tokens', () => {
    expect(keptOf(excludeTopChoices(halves, 0.2, new Set(tokens(0))))).toEqual([0, 1, 2, 3]);
  });
});

describe('mirostat', () => {
  const settings = { target: 1, rate: 0.5 };

  test('starts with twice the target and moves against the error', () => {
    const cut = new Mirostat(settings);
    // 2 bits: tokens 0 and 1, with 2/3 and 1/3.
    expect(keptOf(cut.apply(halves))).toEqual([0, 1]);
    // Token 1 had log2(3) = 1.585 bits: the limit sinks to 2 - 0.5 · 0.585 = 1.71.
    cut.advance(token(1));
    expect(keptOf(cut.apply(halves))).toEqual([0]);
    // Token 0 was certain: the limit rises to 2.21, 2.71 and 3.21.
    cut.advance(token(0));
    expect(keptOf(cut.apply(halves))).toEqual([0, 1]);
    cut.advance(token(0));
    expect(keptOf(cut.apply(halves))).toEqual([0, 1]);
  });

  test('keeps the most likely if all are above the limit', () => {
    const cut = new Mirostat({ target: 0.1, rate: 0.5 });
    expect(keptOf(cut.apply(halves))).toEqual([0]);
  });

  test('a fork continues from the same state and leaves the original alone', () => {
    const straight = new Mirostat(settings);
    const expected = [0, 1, 0].map((next) => {
      const kept = straight.apply(halves);
      straight.advance(token(next));
      return kept;
    });
    const cut = new Mirostat(settings);
    expect(cut.apply(halves)).toEqual(expected[0]);
    // A draft of three tokens, all rejected.
    const draft = cut.fork();
    const drafted = [0, 0, 0].map((next) => {
      draft.advance(token(next));
      return draft.apply(halves);
    });
    cut.advance(token(0));
    const second = cut.fork().apply(halves);
    expect(cut.apply(halves)).toEqual(expected[1]);
    cut.advance(token(1));
    expect(cut.apply(halves)).toEqual(expected[2]);
    expect(second).toEqual(expected[1]);
    expect(drafted[0]).toEqual(expected[1]);
    // Negative control: the draft was cut otherwise after another token.
    expect(keptOf(drafted[1]!)).not.toEqual(keptOf(expected[2]!));
  });

  test('a token that no cut was made for leaves the limit alone', () => {
    const cut = new Mirostat(settings);
    const first = cut.apply(halves);
    const skipped = new Mirostat(settings);
    skipped.advance(token(1));
    skipped.advance(token(3));
    expect(skipped.apply(halves)).toEqual(first);
  });
});
