import { describe, expect, test } from 'vitest';
import { seededNoise } from '../../../src-main/engine/noise.ts';
import {
  AcceptanceEstimate,
  CostModel,
  ForwardTimes,
} from '../../../src-main/engine/speculate/cost-model.ts';
import type { Round } from '../../../src-main/engine/speculate/draft-length.ts';
import { AdaptiveDraftLength } from '../../../src-main/engine/speculate/draft-length.ts';
import type { ProposalSource } from '../../../src-main/contract/generation.ts';
import { tokens } from '../../fakes/hash-model.ts';

/** Milliseconds by width, as measured once with the default model. */
const measured: readonly number[] = [
  0, 7.9, 7.9, 9.6, 10.3, 11.2, 12.4, 13.5, 14.5, 15.7, 17, 18.2, 19.4, 20.6, 21.8, 23, 24.1, 25.3,
];

interface Machine {
  readonly source: ProposalSource;
  readonly draftMs: number;
  readonly acceptance: (position: number) => number;
  readonly noise?: number;
}

/** Speed-up over plain decoding on a simulated clock, and the lengths that were chosen. */
function simulate({ source, draftMs, acceptance, noise = 0 }: Machine, count = 2000, seed = 1) {
  const draftLength = new AdaptiveDraftLength();
  const random = seededNoise(seed);
  const lengths: number[] = [];
  let spent = 0;
  let position = 0;
  while (position < count) {
    const length = draftLength.length(source, source === 'draft-model' ? 0 : 3);
    lengths.push(length);
    let accepted = 0;
    while (accepted < length && random(position + accepted, 0) < acceptance(position)) accepted++;
    const verifyMs = measured[1 + length]! * (1 + noise * (random(position, 1) - 0.5));
    const round: Round = {
      source: length > 0 ? source : undefined,
      matchLength: source === 'draft-model' ? 0 : 3,
      proposed: tokens(...new Array<number>(length).fill(0)),
      accepted,
      width: 1 + length,
      draftMs: length * draftMs,
      verifyMs,
    };
    draftLength.observe(round);
    spent += verifyMs + round.draftMs;
    position += accepted + 1;
  }
  return { gain: (position * measured[1]!) / spent, lengths };
}

/** The best speed-up of a fixed length with the same acceptance for each token. */
function bestFixed(chance: number, draftMs: number): number {
  let best = 1;
  for (let length = 1; length <= 16; length++) {
    const expected = (1 - chance ** (length + 1)) / (1 - chance);
    best = Math.max(best, (expected * measured[1]!) / (measured[1 + length]! + length * draftMs));
  }
  return best;
}

describe('adaptive draft length', () => {
  test.each([
    ['prompt-lookup', 0, 0.95],
    ['prompt-lookup', 0, 0.7],
    ['prompt-lookup', 0, 0.3],
    ['draft-model', 0.5, 0.8],
    ['draft-model', 2, 0.8],
    ['draft-model', 3, 0.9],
  ] as const)(
    '%s at %d ms per token, acceptance rate %d: nearly as fast as the best fixed length',
    (...found) => {
      const [source, draftMs, chance] = found;
      for (const noise of [0, 0.3]) {
        const { gain } = simulate({ source, draftMs, acceptance: () => chance, noise });
        expect(gain).toBeGreaterThan(0.95 * bestFixed(chance, draftMs));
      }
    },
  );

  test('is hardly slower than plain decoding if nothing is accepted', () => {
    for (const [source, draftMs] of [
      ['prompt-lookup', 0.01],
      ['draft-model', 4],
    ] as const) {
      const { gain, lengths } = simulate({ source, draftMs, acceptance: () => 0, noise: 0.3 });
      expect(gain).toBeGreaterThan(0.97);
      expect(lengths.slice(100).every((length) => length <= 1)).toBe(true);
    }
  });

  test('stops proposing once it no longer pays, and resumes when it does', () => {
    const good = (position: number) => position < 1000 || position >= 3000;
    const acceptance = (position: number) => (good(position) ? 0.9 : 0.05);
    const { lengths } = simulate({ source: 'draft-model', draftMs: 2, acceptance }, 5000);
    const plain = lengths.filter((length) => length === 0).length;
    expect(plain).toBeGreaterThan(1500);
    expect(lengths.slice(50, 150).every((length) => length > 1)).toBe(true);
    expect(lengths.slice(-50).every((length) => length > 1)).toBe(true);
  });

  test('prefers a draft model to a match that promises less', () => {
    const draftLength = new AdaptiveDraftLength();
    const common = { proposed: tokens(1, 1), width: 3, verifyMs: 9 };
    for (let round = 0; round < 50; round++) {
      draftLength.observe({ ...common, source: 'prompt-lookup', matchLength: 1, accepted: 0, draftMs: 0.01 });
      draftLength.observe({ ...common, source: 'prompt-lookup', matchLength: 8, accepted: 2, draftMs: 0.01 });
      draftLength.observe({ ...common, source: 'draft-model', matchLength: 0, accepted: 2, draftMs: 2 });
    }
    // Before its first call there may be no draft model.
    expect(draftLength.length('prompt-lookup', 8)).toBeGreaterThan(1);
    expect(draftLength.length('draft-model', 0)).toBeGreaterThan(1);
    expect(draftLength.length('prompt-lookup', 8)).toBeGreaterThan(1);
    expect(draftLength.length('prompt-lookup', 1)).toBe(0);
  });

  test('proposes no more than its maximum', () => {
    const draftLength = new AdaptiveDraftLength(new CostModel(), 3);
    const acceptance = {
      source: 'prompt-lookup',
      matchLength: 8,
      proposed: tokens(1, 1, 1),
      accepted: 3,
    } as const;
    for (let round = 0; round < 50; round++)
      draftLength.observe({ ...acceptance, width: 4, draftMs: 0, verifyMs: 8 });
    expect(draftLength.length('prompt-lookup', 8)).toBe(3);
  });
});

describe('forward times', () => {
  test('converge to the measurements and interpolate between them', () => {
    const times = new ForwardTimes();
    for (let round = 0; round < 300; round++) {
      times.observe(1, 10);
      times.observe(5, 30);
      times.observe(9, 34);
    }
    expect(times.milliseconds(1)).toBeCloseTo(10, 1);
    expect(times.milliseconds(5)).toBeCloseTo(30, 1);
    expect(times.milliseconds(9)).toBeCloseTo(34, 1);
    expect(times.milliseconds(7)).toBeGreaterThan(30);
    expect(times.milliseconds(7)).toBeLessThan(40);
  });

  test('an outlier of a thousand times the usual time changes little', () => {
    const times = new ForwardTimes();
    for (let round = 0; round < 50; round++) times.observe(2, 10);
    times.observe(2, 10_000);
    expect(times.milliseconds(2)).toBeLessThan(13);
  });

  test('all widths follow a growing context', () => {
    const times = new ForwardTimes();
    for (let round = 0; round < 100; round++) {
      times.observe(2, 10);
      times.observe(8, 20);
    }
    for (let round = 0; round < 100; round++) times.observe(2, 20);
    expect(times.milliseconds(8)).toBeGreaterThan(25);
  });
});

test('acceptance is estimated by the length of the match with the accepted tokens', () => {
  const estimate = new AcceptanceEstimate();
  for (let round = 0; round < 200; round++) {
    estimate.observe('prompt-lookup', 1, 4, 0);
    estimate.observe('prompt-lookup', 5, 2, 2);
  }
  const [first, ...others] = estimate.probabilities('prompt-lookup', 1, 8);
  expect(first).toBeLessThan(0.1);
  // Matches of 5 and more, including longer ones without observations.
  expect(Math.min(...others.slice(3))).toBeGreaterThan(0.9);
  expect(estimate.probabilities('prompt-lookup', 5, 1)[0]).toBe(others[3]);
  // Another source has its prior.
  expect(Array.from(estimate.probabilities('draft-model', 0, 2), (chance) => chance.toFixed(6))).toEqual([
    '0.700000',
    '0.700000',
  ]);
});

describe('what is carried over to the next text', () => {
  function firstLengthAfter(source: ProposalSource, accepted: number): number {
    const costModel = new CostModel();
    const first = new AdaptiveDraftLength(costModel);
    const matchLength = source === 'draft-model' ? 0 : 3;
    for (let round = 0; round < 40; round++) {
      const proposed = tokens(1, 2, 3, 4);
      first.observe({ source, matchLength, proposed, accepted, width: 5, draftMs: 8, verifyMs: 11.2 });
    }
    return new AdaptiveDraftLength(costModel).length(source, matchLength);
  }

  test('includes the acceptance of draft models', () => {
    expect(firstLengthAfter('draft-model', 4)).toBeGreaterThan(firstLengthAfter('draft-model', 2));
    expect(firstLengthAfter('draft-model', 0)).toBe(0);
  });

  test('excludes the acceptance of prompt lookup', () => {
    expect(firstLengthAfter('prompt-lookup', 4)).toBe(firstLengthAfter('prompt-lookup', 0));
  });
});
