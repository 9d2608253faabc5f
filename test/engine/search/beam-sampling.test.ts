import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededNoise } from '../../../src-main/engine/noise.ts';
import { softmax } from '../../../src-main/engine/policy/candidates.ts';
import { allTokens } from '../../../src-main/engine/policy/top-k.ts';
import type { BeamSettings } from '../../../src-main/engine/search/beam.ts';
import { HashModel, tokens } from '../../fakes/hash-model.ts';
import { statelessPolicy } from '../../fakes/stateless-policy.ts';
import { beamEvents, beamSettings, finishedOf, idsOf, plainText, prompt } from './collect-search.ts';

const seeds = fc.integer({ min: 1, max: 1_000_000 });
const search = async (model: HashModel, changes: Partial<BeamSettings>) =>
  finishedOf(await beamEvents(model, beamSettings(model, changes)));

describe('beam sampling', () => {
  test('of width 1 with early stopping is sampling with the same noise', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const model = new HashModel({ seed, vocabularySize: 9, endTokens: [0] });
        const policy = statelessPolicy((logits) => softmax(allTokens(logits)));
        const sampled = await plainText(model, policy, seededNoise(seed), 20);
        const changes = { width: 1, earlyStopping: true, maximumTokens: 20, noise: seededNoise(seed) };
        const [found] = await search(model, changes);
        expect(idsOf(found!.tokens)).toEqual(sampled);
      }),
    );
  });

  test('is the same again for a seed, and other for another', async () => {
    const model = new HashModel();
    const changes = (seed: number) => ({ noise: seededNoise(seed), best: 4 });
    expect(await search(model, changes(1))).toEqual(await search(model, changes(1)));
    expect(await search(model, changes(1))).not.toEqual(await search(model, changes(2)));
  });

  test('draws pairs without replacement, in proportion to their probabilities', async () => {
    const model = new HashModel({ vocabularySize: 4, seed: 9 });
    const { probabilities } = softmax(allTokens(model.logitsAfter(prompt)));
    const draws = 4000;
    const counts = new Map<string, number>();
    for (let seed = 0; seed < draws; seed++) {
      const found = await search(model, { width: 2, maximumTokens: 1, best: 2, noise: seededNoise(seed) });
      const pair = found.flatMap(({ tokens: text }) => idsOf(text)).sort((one, other) => one - other);
      counts.set(pair.join(), (counts.get(pair.join()) ?? 0) + 1);
    }
    const chiSquare = (weights: Float64Array) => {
      let sum = 0;
      for (let one = 0; one < 4; one++) {
        for (let other = one + 1; other < 4; other++) {
          const [p, q] = [weights[one]!, weights[other]!];
          const expected = draws * ((p * q) / (1 - p) + (q * p) / (1 - q));
          sum += ((counts.get(tokens(one, other).join()) ?? 0) - expected) ** 2 / expected;
        }
      }
      return sum;
    };
    // Of 5 degrees of freedom, passed once in 10,000 times.
    expect(chiSquare(probabilities)).toBeLessThan(25.75);
    // Control: a little probability of the most likely sequence is spread over all.
    expect(chiSquare(probabilities.map((value) => 0.9 * value + 0.025))).toBeGreaterThan(25.75);
  });
});
