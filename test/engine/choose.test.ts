import { describe, expect, test } from 'vitest';
import { choose } from '../../src-main/engine/choose.ts';
import type { Distribution } from '../../src-main/engine/distribution.ts';
import { argmax, certain, logSumExp, probabilityOf } from '../../src-main/engine/distribution.ts';
import { seededNoise } from '../../src-main/engine/noise.ts';
import { token } from '../fakes/hash-model.ts';

const distribution: Distribution = {
  tokens: Int32Array.of(4, 9, 2, 7, 30000),
  probabilities: Float64Array.of(0.5, 0.25, 0.15, 0.08, 0.02),
};
const draws = 60_000;
/** The value that a chi-square of 4 degrees of freedom passes once in 10,000 times. */
const criticalValue = 23.51;

function chiSquare(counts: ReadonlyMap<number, number>, expected: Distribution): number {
  let sum = 0;
  expected.tokens.forEach((id, index) => {
    const mean = expected.probabilities[index]! * draws;
    sum += ((counts.get(id) ?? 0) - mean) ** 2 / mean;
  });
  return sum;
}

function counted(drawn: (index: number) => number): Map<number, number> {
  const counts = new Map<number, number>();
  for (let index = 0; index < draws; index++) {
    const id = drawn(index);
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

describe('choose', () => {
  test('draws from the distribution over positions of one seed', () => {
    const noise = seededNoise(7);
    expect(
      chiSquare(
        counted((position) => choose(distribution, position, noise)),
        distribution,
      ),
    ).toBeLessThan(criticalValue);
  });

  test('draws from the distribution over seeds at one position', () => {
    const counts = counted((seed) => choose(distribution, 3, seededNoise(seed)));
    expect(chiSquare(counts, distribution)).toBeLessThan(criticalValue);
  });

  test('the check finds a distribution that is off by two points (negative control)', () => {
    const off = { ...distribution, probabilities: Float64Array.of(0.48, 0.27, 0.15, 0.08, 0.02) };
    const noise = seededNoise(7);
    expect(
      chiSquare(
        counted((position) => choose(off, position, noise)),
        distribution,
      ),
    ).toBeGreaterThan(criticalValue);
  });

  test('is the argmax of log-probability plus Gumbel noise', () => {
    const noise = seededNoise(11);
    for (let position = 0; position < 2000; position++) {
      let best = -Infinity;
      let winner = -1;
      distribution.tokens.forEach((id, index) => {
        const gumbel = -Math.log(-Math.log(noise(position, id)));
        const score = Math.log(distribution.probabilities[index]!) + gumbel;
        if (score > best) [best, winner] = [score, id];
      });
      expect(choose(distribution, position, noise)).toBe(winner);
    }
  });

  test('does not depend on the order of the tokens', () => {
    const reversed: Distribution = {
      tokens: distribution.tokens.slice().reverse(),
      probabilities: distribution.probabilities.slice().reverse(),
    };
    for (let position = 0; position < 500; position++) {
      const noise = seededNoise(position);
      expect(choose(reversed, position, noise)).toBe(choose(distribution, position, noise));
    }
  });
});

describe('noise', () => {
  test('is deterministic by position and token, and uniform', () => {
    const noise = seededNoise(42);
    expect(noise(5, 6)).toBe(seededNoise(42)(5, 6));
    const tenths = new Array<number>(10).fill(0);
    for (let index = 0; index < draws; index++) tenths[Math.floor(noise(index % 300, index) * 10)]!++;
    const sum = tenths.reduce((total, count) => total + (count - draws / 10) ** 2 / (draws / 10), 0);
    // Chi-square of 9 degrees of freedom, once in 10,000 times.
    expect(sum).toBeLessThan(33.72);
  });
});

describe('distribution', () => {
  test('argmax breaks ties by the lowest id', () => {
    expect(argmax(Float32Array.of(1, 3, 3, 2))).toBe(1);
  });

  test('logSumExp is exact and does not overflow', () => {
    expect(logSumExp(Float32Array.of(0, 0, 0, 0))).toBeCloseTo(Math.log(4), 12);
    expect(logSumExp(Float32Array.of(1000, 1000))).toBeCloseTo(1000 + Math.log(2), 9);
  });

  test('probabilityOf is 0 for excluded tokens', () => {
    expect(probabilityOf(certain(token(3)), token(3))).toBe(1);
    expect(probabilityOf(certain(token(3)), token(4))).toBe(0);
  });
});
