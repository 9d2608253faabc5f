import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Distribution } from '../../../src-main/engine/distribution.ts';
import { argmax } from '../../../src-main/engine/distribution.ts';
import { softmax } from '../../../src-main/engine/policy/candidates.ts';
import { composePolicies } from '../../../src-main/engine/policy/pipeline.ts';
import type { PolicyRun, PolicySettings } from '../../../src-main/engine/policy/settings.ts';
import { allTokens } from '../../../src-main/engine/policy/top-k.ts';
import { wordsOf } from '../../fakes/characters.ts';
import { HashModel, tokens } from '../../fakes/hash-model.ts';

const run: PolicyRun = { promptLength: 2, endTokens: new Set(tokens(0)), seed: 7 };
const model = new HashModel({ vocabularySize: 40 });

const contexts = fc
  .array(fc.integer({ min: 0, max: 39 }), { minLength: 2, maxLength: 30 })
  .map((ids) => tokens(...ids));
const share = fc.double({ min: 0.01, max: 1, noNaN: true });
const wordOf = wordsOf(40);
const words = fc.array(
  fc
    .array(fc.integer({ min: 0, max: 39 }), { minLength: 1, maxLength: 3 })
    .map((ids) => wordOf(tokens(...ids))),
  { maxLength: 4 },
);
const anySettings: fc.Arbitrary<Partial<PolicySettings>> = fc.record(
  {
    repetitionPenalty: fc.double({ min: 0.5, max: 2, noNaN: true }),
    presencePenalty: fc.double({ min: -2, max: 2, noNaN: true }),
    frequencyPenalty: fc.double({ min: -2, max: 2, noNaN: true }),
    penaltyWindow: fc.nat(20),
    dryMultiplier: share,
    noRepeatNgram: fc.nat(3),
    bannedWords: words,
    forcedWords: words,
    minimumLength: fc.nat(20),
    topNSigma: fc.double({ min: 0, max: 3, noNaN: true }),
    temperature: fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 5, noNaN: true })),
    temperatureSpread: share,
    topK: fc.nat(50),
    topP: share,
    minP: share,
    typical: share,
    epsilonCutoff: share,
    etaCutoff: share,
    xtcProbability: share,
    xtcThreshold: fc.double({ min: 0, max: 0.5, noNaN: true }),
    mirostatTarget: fc.double({ min: 0, max: 6, noNaN: true }),
  },
  { requiredKeys: [] },
);

function expectSound({ tokens: ids, probabilities }: Distribution): void {
  expect(ids.length).toBeGreaterThan(0);
  expect(probabilities.length).toBe(ids.length);
  expect(new Set(ids).size).toBe(ids.length);
  expect(probabilities.every((probability) => probability >= 0)).toBe(true);
  expect(probabilities.reduce((sum, probability) => sum + probability, 0)).toBeCloseTo(1, 9);
}

test('any settings give a valid distribution and leave the logits unchanged', () => {
  fc.assert(
    fc.property(anySettings, contexts, (settings, context) => {
      const logits = model.logitsAfter(context);
      const before = logits.slice();
      expectSound(composePolicies(settings, run).apply(logits, context));
      expect(logits).toEqual(before);
    }),
    { numRuns: 500 },
  );
});

test('a policy without state returns the same distribution again, whatever it was applied to in between', () => {
  fc.assert(
    fc.property(anySettings, contexts, contexts, (settings, context, other) => {
      const policy = composePolicies({ ...settings, mirostatTarget: 0 }, run);
      const first = policy.apply(model.logitsAfter(context), context);
      policy.apply(model.logitsAfter(other), other);
      expect(policy.apply(model.logitsAfter(context), context)).toEqual(first);
    }),
  );
});

test('without settings it is the softmax', () => {
  const logits = model.logitsAfter(tokens(1, 2));
  expect(composePolicies({}, run).apply(logits, tokens(1, 2))).toEqual(softmax(allTokens(logits)));
});

describe('temperature 0', () => {
  const logits = Float32Array.of(1, 3, 2);

  test('chooses the most likely token after the penalties', () => {
    expect([...composePolicies({ temperature: 0 }, run).apply(logits, tokens(1, 1)).tokens]).toEqual([1]);
    const penalised = composePolicies({ temperature: 0, repetitionPenalty: 2 }, run);
    expect([...penalised.apply(logits, tokens(1, 1)).tokens]).toEqual([2]);
  });
});

describe('where every token is banned', () => {
  const logits = Float32Array.of(1, 3, 2);
  const all = [tokens(0), tokens(1), tokens(2)].map(wordOf);

  test.each([0, 1])('the answer ends, at temperature %d', (temperature) => {
    const ends = { ...run, endTokens: new Set(tokens(0, 2)) };
    const policy = composePolicies({ temperature, bannedWords: all }, ends);
    expect([...policy.apply(logits, tokens(1, 1)).tokens]).toEqual([2]);
  });

  test('without end tokens the most likely token is chosen', () => {
    const policy = composePolicies({ bannedWords: all }, { ...run, endTokens: new Set() });
    expect([...policy.apply(logits, tokens(1, 1)).tokens]).toEqual([1]);
  });
});

describe('XTC', () => {
  const logits = Float32Array.of(0, 2, 2, 1);
  /** Positions, among the first 200 of an answer, at which the most likely tokens were excluded. */
  function excludedAt(seed: number, promptLength: number): number[] {
    const policy = composePolicies({ xtcProbability: 0.3 }, { ...run, seed, promptLength });
    const context = tokens(...Array.from({ length: promptLength }, () => 3));
    return Array.from({ length: 200 }, (_, position) => {
      const kept = policy.apply(logits, context).tokens;
      context.push(...tokens(position % 4));
      return kept.length < logits.length ? [position] : [];
    }).flat();
  }

  test('is drawn by seed and position, independent of the text', () => {
    const first = excludedAt(7, 2);
    expect(first).toEqual(excludedAt(7, 50));
    expect(first).not.toEqual(excludedAt(8, 2));
    expect(first.length).toBeGreaterThan(40);
    expect(first.length).toBeLessThan(80);
  });
});

test('the order: each step sees what the one before it left', () => {
  const logits = Float32Array.from([0.4, 0.3, 0.2, 0.1].map(Math.log));
  const kept = (settings: Partial<PolicySettings>) => [
    ...composePolicies(settings, run).apply(logits, tokens(1)).tokens,
  ];
  // Of the two of top-k the first holds 4/7: top-p of 0.5 needs no more.
  expect(kept({ topP: 0.5 })).toEqual([0, 1]);
  expect(kept({ topK: 2, topP: 0.5 })).toEqual([0]);
  // The temperature comes first: flattened, the first two hold less than 0.65.
  expect(kept({ topP: 0.65 })).toEqual([0, 1]);
  expect(kept({ topP: 0.65, temperature: 4 })).toEqual([0, 1, 2]);
  // A ban comes before top-k.
  expect(kept({ topK: 2, bannedWords: [wordOf(tokens(0))] })).toEqual([1, 2]);
});

test('greedy without other settings agrees with argmax', () => {
  fc.assert(
    fc.property(contexts, (context) => {
      const logits = model.logitsAfter(context);
      expect([...composePolicies({ temperature: 0 }, run).apply(logits, context).tokens]).toEqual([
        argmax(logits),
      ]);
    }),
  );
});
