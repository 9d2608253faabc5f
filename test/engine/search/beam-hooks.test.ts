import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { argmax, logSumExp } from '../../../src-main/engine/distribution.ts';
import type { BeamSettings } from '../../../src-main/engine/search/beam.ts';
import type { Hypothesis } from '../../../src-main/engine/search/hypothesis.ts';
import { HashModel } from '../../fakes/hash-model.ts';
import { beamEvents, beamSettings, finishedOf, idsOf, prompt } from './collect-search.ts';

const seeds = fc.integer({ min: 1, max: 1_000_000 });
const search = async (model: HashModel, changes: Partial<BeamSettings>) =>
  finishedOf(await beamEvents(model, beamSettings(model, changes)));

describe('the hooks of beam search', () => {
  test('a minimum length keeps end tokens away until it is reached', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, fc.integer({ min: 0, max: 6 }), async (seed, minimumTokens) => {
        const model = new HashModel({ seed, vocabularySize: 4, endTokens: [0, 1] });
        const found = await search(model, { minimumTokens, best: 4, lengthPenalty: -1 });
        for (const { tokens: text } of found) expect(text.length).toBeGreaterThan(minimumTokens);
      }),
    );
  });

  test('forbidden tokens stay away, with the context that forbids them', async () => {
    const model = new HashModel({ vocabularySize: 9 });
    const contexts: number[][] = [];
    const [best] = await search(model, {
      adjust: (scores, context) => {
        contexts.push([...context]);
        // No token twice, the prompt's included: no-repeat 1-gram.
        for (const token of context) scores[token] = -Infinity;
      },
      maximumTokens: 6,
    });
    expect(new Set([...idsOf(best!.tokens), ...prompt]).size).toBe(9);
    expect(contexts[0]).toEqual(prompt);
    expect(contexts.at(-1)).toHaveLength(8);
    expect(contexts.every((context) => context.slice(0, 3).join() === prompt.join())).toBe(true);
  });

  test('if every token is forbidden the hypotheses end unchanged', async () => {
    const model = new HashModel({ vocabularySize: 5 });
    const adjust = (scores: Float32Array, context: readonly number[]) => {
      if (context.length >= prompt.length + 3) scores.fill(-Infinity);
    };
    const found = await search(model, { adjust, best: 2 });
    expect(found.map(({ tokens: text, end }) => [text.length, end])).toEqual([
      [3, 'no-continuation'],
      [3, 'no-continuation'],
    ]);
    expect(await search(model, { adjust: (scores) => scores.fill(-Infinity) })).toEqual([]);
  });

  test('a hypothesis can be stopped by its text', async () => {
    const model = new HashModel({ seed: 2, vocabularySize: 5 });
    const stops = ({ last, parent }: Hypothesis) => last?.token === 3 && parent?.last?.token === 1;
    const found = await search(model, { stops, best: 4, maximumTokens: 20 });
    expect(found.some(({ end }) => end === 'stop-text')).toBe(true);
    for (const { tokens: text, end } of found) {
      const ids = idsOf(text).join();
      expect(ids.indexOf('1,3')).toBe(end === 'stop-text' ? ids.length - 3 : -1);
    }
  });

  test('alternatives are those of the logits that the token was chosen from', async () => {
    const model = new HashModel({ vocabularySize: 5 });
    const [best] = await search(model, {
      listAlternatives: (logits, normaliser) => {
        const id = argmax(logits);
        return [{ id, text: '', logProbability: logits[id]! - normaliser }];
      },
    });
    best!.tokens.forEach(({ alternatives }, index) => {
      const logits = model.logitsAfter([...prompt, ...idsOf(best!.tokens.slice(0, index))]);
      const id = argmax(logits);
      expect(alternatives).toEqual([{ id, text: '', logProbability: logits[id]! - logSumExp(logits) }]);
    });
  });
});
