import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BeamEvent, BeamSettings } from '../../../src-main/engine/search/beam.ts';
import { HashModel } from '../../fakes/hash-model.ts';
import { beamEvents, beamSettings, finishedOf, idsOf, prompt } from './collect-search.ts';
import { logProbabilitiesOf } from './exhaustive-search.ts';

const seeds = fc.integer({ min: 1, max: 1_000_000 });
const search = async (model: HashModel, changes: Partial<BeamSettings>) =>
  finishedOf(await beamEvents(model, beamSettings(model, changes)));

describe('diverse beam search', () => {
  const firstTokens = (events: readonly BeamEvent[]) => {
    const [first] = events;
    return first?.type === 'beams' ? first.beams.map(({ token, group }) => [group, token]) : [];
  };

  test('without a penalty all groups find the same, each what a beam of its width finds', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const model = new HashModel({ seed, vocabularySize: 7, endTokens: [0] });
        const grouped = await search(model, { width: 6, groups: 3, best: 6 });
        const alone = await search(model, { width: 2, best: 2 });
        expect(grouped).toEqual(alone.flatMap((each) => [each, each, each]));
      }),
    );
  });

  test('a large penalty makes groups start with different tokens', async () => {
    const model = new HashModel({ vocabularySize: 8 });
    const first = (diversityPenalty: number) =>
      beamEvents(model, beamSettings(model, { width: 4, groups: 2, diversityPenalty })).then(firstTokens);
    const ranked = Array.from(model.logitsAfter(prompt).entries()).sort((one, other) => other[1] - one[1]);
    const [a, b, c, d] = ranked.map(([id]) => id);
    expect(await first(100)).toEqual([
      [0, a],
      [0, b],
      [1, c],
      [1, d],
    ]);
    // The control: without a penalty they don't.
    expect(await first(0)).toEqual([
      [0, a],
      [0, b],
      [1, a],
      [1, b],
    ]);
  });

  test('the first group is not affected, and sums are those of the model', async () => {
    await fc.assert(
      fc.asyncProperty(
        seeds,
        fc.double({ min: 0.1, max: 3, noNaN: true }),
        async (seed, diversityPenalty) => {
          const model = new HashModel({ seed, vocabularySize: 8, endTokens: [0] });
          const changes = { width: 6, groups: 3, diversityPenalty, best: 6 };
          const found = await search(model, changes);
          const [alone] = await search(model, { width: 2 });
          expect(found).toContainEqual(alone);
          for (const { tokens: text, logProbabilitySum } of found) {
            const expected = logProbabilitiesOf(model, prompt, idsOf(text));
            const sum = expected.reduce((total, value) => total + value, 0);
            expect(logProbabilitySum).toBeCloseTo(sum, 9);
          }
        },
      ),
    );
  });
});
