import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededNoise } from '../../../src-main/engine/noise.ts';
import type { BeamEvent, BeamSettings, EarlyStopping } from '../../../src-main/engine/search/beam.ts';
import { beam } from '../../../src-main/engine/search/beam.ts';
import { BranchingHashSequence } from '../../fakes/branching-hash-model.ts';
import { greedyPolicy } from '../../fakes/stateless-policy.ts';
import { HashModel } from '../../fakes/hash-model.ts';
import { beamEvents, beamSettings, finishedOf, idsOf, plainText, prompt } from './collect-search.ts';
import { exhaustiveSearch, logProbabilitiesOf } from './exhaustive-search.ts';

const seeds = fc.integer({ min: 1, max: 1_000_000 });
const penalties = fc.constantFrom(-1.5, -1, 0, 0.5, 1, 2);
const stoppings = fc.constantFrom<EarlyStopping>(true, false, 'never');
const search = async (model: HashModel, changes: Partial<BeamSettings>) =>
  finishedOf(await beamEvents(model, beamSettings(model, changes)));

describe('beam search', () => {
  test('of width 1 is greedy decoding', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, penalties, fc.boolean(), async (seed, lengthPenalty, earlyStopping) => {
        const model = new HashModel({ seed, vocabularySize: 6, endTokens: [0] });
        const greedy = await plainText(model, greedyPolicy, seededNoise(0), 12);
        const changes = { width: 1, lengthPenalty, earlyStopping, maximumTokens: 12 };
        const [best] = await search(model, changes);
        expect(idsOf(best!.tokens)).toEqual(greedy);
      }),
    );
  });

  test('finds what exhaustive search finds, with a width that loses nothing and `never`', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, penalties, async (seed, lengthPenalty) => {
        // One of 3 tokens ends: at most 24 texts in a step, and 31 that can be found.
        const model = new HashModel({ seed, vocabularySize: 3, endTokens: [2] });
        const all = exhaustiveSearch(model, prompt, 4, lengthPenalty);
        expect(all).toHaveLength(31);
        const changes = { lengthPenalty, earlyStopping: 'never', maximumTokens: 4, best: 24 } as const;
        const found = await search(model, { ...changes, width: 24 });
        expect(found.map(({ tokens }) => idsOf(tokens))).toEqual(all.slice(0, 24).map(({ ids }) => ids));
        found.forEach(({ score }, rank) => expect(score).toBeCloseTo(all[rank]!.score, 9));
      }),
    );
  });

  // Two of 3 tokens end: 3 texts in a step, so that width 3 loses nothing and may end early.
  const oneWay = (seed: number) => new HashModel({ seed, vocabularySize: 3, endTokens: [1, 2] });

  test('with `never` ends early only if no better hypothesis is possible', async () => {
    let early = 0;
    await fc.assert(
      fc.asyncProperty(seeds, penalties, async (seed, lengthPenalty) => {
        const model = oneWay(seed);
        const all = exhaustiveSearch(model, prompt, 10, lengthPenalty);
        const changes = { lengthPenalty, earlyStopping: 'never', maximumTokens: 10, best: 3 } as const;
        const events = await beamEvents(model, beamSettings(model, { ...changes, width: 3 }));
        const found = finishedOf(events).map(({ tokens }) => idsOf(tokens));
        expect(found).toEqual(all.slice(0, 3).map(({ ids }) => ids));
        if (events.filter(({ type }) => type === 'beams').length < 10) early++;
      }),
    );
    expect(early).toBeGreaterThan(20);
  });

  test.each([true, false])(
    'with early stopping %s misses better ones (negative control)',
    async (stopping) => {
      let missed = 0;
      for (let seed = 1; seed <= 100; seed++) {
        const model = oneWay(seed);
        const [expected] = exhaustiveSearch(model, prompt, 10, 2);
        const changes = { width: 3, lengthPenalty: 2, earlyStopping: stopping, maximumTokens: 10 };
        const [found] = await search(model, changes);
        if (found!.score < expected!.score - 1e-9) missed++;
      }
      expect(missed).toBeGreaterThan(20);
    },
  );

  test('reports scores equal to recomputed sums of log-probabilities', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, penalties, stoppings, async (seed, lengthPenalty, earlyStopping) => {
        const model = new HashModel({ seed, vocabularySize: 7, endTokens: [0] });
        const found = await search(model, { lengthPenalty, earlyStopping, best: 4 });
        expect(found).toHaveLength(4);
        for (const [rank, hypothesis] of found.entries()) {
          const expected = logProbabilitiesOf(model, prompt, idsOf(hypothesis.tokens));
          hypothesis.tokens.forEach(({ logProbability }, index) =>
            expect(logProbability).toBeCloseTo(expected[index]!, 9),
          );
          const sum = expected.reduce((total, value) => total + value, 0);
          expect(hypothesis.logProbabilitySum).toBeCloseTo(sum, 9);
          expect(hypothesis.score).toBeCloseTo(sum / expected.length ** lengthPenalty, 9);
          expect(hypothesis.score).toBeLessThanOrEqual(found[rank - 1]?.score ?? Infinity);
          expect(hypothesis.end).toBe(hypothesis.tokens.at(-1)!.token === 0 ? 'end-token' : 'length');
        }
      }),
    );
  });

  test('settled tokens never change and make up the result; previews follow them', async () => {
    let settledEarly = 0;
    await fc.assert(
      fc.asyncProperty(seeds, penalties, stoppings, async (seed, lengthPenalty, earlyStopping) => {
        const model = new HashModel({ seed, vocabularySize: 9, endTokens: [0] });
        const changes = { lengthPenalty, earlyStopping, maximumTokens: 20 };
        const events = await beamEvents(model, beamSettings(model, changes));
        const result = idsOf(finishedOf(events)[0]!.tokens);
        const settled: number[] = [];
        for (const event of events) {
          if (event.type === 'settled') settled.push(...idsOf(event.tokens));
          expect(result.slice(0, settled.length)).toEqual(settled);
          if (event.type === 'beams') continue;
          if (event.type === 'preview' && event.tokens.length > 0 && settled.length > 0) settledEarly++;
        }
        expect(settled).toEqual(result);
      }),
    );
    expect(settledEarly).toBeGreaterThan(100);
  });

  test('the common prefix of the live beams is not settled if a finished one differs (negative control)', async () => {
    let wrong = 0;
    for (let seed = 1; seed <= 100; seed++) {
      const model = new HashModel({ seed, vocabularySize: 9, endTokens: [0] });
      const events = await beamEvents(model, beamSettings(model, { width: 2, maximumTokens: 12 }));
      const [result] = finishedOf(events);
      const ids = idsOf(result!.tokens);
      if (sharedByLive(events).some((token, index) => token !== ids[index])) wrong++;
    }
    expect(wrong).toBeGreaterThan(0);
  });

  test('reports a tree: every node continues a node of the step before', async () => {
    const model = new HashModel({ seed: 5, vocabularySize: 9, endTokens: [0] });
    const events = await beamEvents(model, beamSettings(model, { maximumTokens: 12 }));
    let sums = [0];
    for (const event of events) {
      if (event.type !== 'beams') continue;
      for (const node of [...event.beams, ...event.ended]) {
        expect(node.logProbabilitySum).toBeCloseTo(sums[node.parent]! + node.logProbability, 9);
        expect(node.score).toBeCloseTo(node.logProbabilitySum / event.length, 9);
      }
      sums = event.beams.map(({ logProbabilitySum }) => logProbabilitySum);
    }
    const lengths = events.flatMap((event) => (event.type === 'beams' ? [event.length] : []));
    expect(lengths).toEqual(lengths.map((_, index) => index + 1));
  });

  test('reads as many leaves a forward as there are beams', async () => {
    const model = new HashModel();
    const sequence = new BranchingHashSequence(model);
    for await (const event of beam(sequence, prompt, beamSettings(model, { width: 5 }))) void event;
    expect(sequence.widths).toEqual([5, 5, 5, 5, 5, 5, 5]);
    expect([sequence.branched, sequence.tokens]).toEqual([false, prompt]);
  });

  test('gives its branches back when its reader leaves', async () => {
    const model = new HashModel();
    const sequence = new BranchingHashSequence(model);
    for await (const event of beam(sequence, prompt, beamSettings(model)))
      if (event.type === 'preview') break;
    expect(sequence.branched).toBe(false);
  });
});

/** The longest prefix that the beams of some step had in common, finished ones left out. */
function sharedByLive(events: readonly BeamEvent[]): readonly number[] {
  let texts: number[][] = [[]];
  let shared: number[] = [];
  for (const event of events) {
    if (event.type !== 'beams' || event.beams.length === 0) continue;
    texts = event.beams.map(({ parent, token }) => [...texts[parent]!, token]);
    const different = texts[0]!.findIndex((token, index) => texts.some((text) => text[index] !== token));
    shared = texts[0]!.slice(0, different < 0 ? undefined : different);
  }
  return shared;
}
