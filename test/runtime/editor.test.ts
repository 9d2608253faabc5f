import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { GenerationEvent, GenerationRequest } from '../../src-main/contract/generation.ts';
import { lengthBoundOf } from '../../src-main/contract/rewrite/purpose.ts';
import type { StrategyInput } from '../../src-main/contract/strategy.ts';
import { parseStrategy } from '../../src-main/contract/strategy.ts';
import { referencesOf, rewritePrompt } from '../../src-main/documents/rewrite-prompt.ts';
import type { LoadedModel } from '../../src-main/runtime/load.ts';
import { OnnxSession } from '../../src-main/runtime/onnx-session.ts';
import { hasEditor, loadDefaultModel } from './default-model.ts';

const instruction = 'Correct the grammar and spelling of this text and change nothing else:';
/** With mistakes. */
const passages = [
  'The river come over the wall at four in the morning, and by the time the bells was ringing nobody have slept.',
  'i think that the train are late again becouse of the snow, and me and my sister was waiting since a hour.',
  'We recieved you’re parcel on Tuesday, but two of the five cup was broken and the box were wet.',
  'Bread make the ducks sick, and what they leave rots in the pond.',
];

/** The rewrite that the document requests. */
function rewriteOf(selection: string, input: StrategyInput, adapter: boolean): GenerationRequest {
  const passage = { instruction, mode: 'replace', selection, before: '', after: '' } as const;
  return {
    ...rewritePrompt(passage, { askedAt: 0, utcOffset: 0 }),
    references: referencesOf(passage),
    ...{ lengthBound: lengthBoundOf('correct', selection), stopAtLoops: true, maxTokens: 1024 },
    ...{ strategy: parseStrategy(input), stopTexts: [], alternatives: 0 },
    ...(adapter && { adapter: true }),
  };
}

const chat: GenerationRequest = {
  prompt: { messages: [{ role: 'user', content: 'Describe a market square in the morning.' }] },
  ...{ strategy: parseStrategy({ kind: 'greedy' }), maxTokens: 24, stopTexts: [], alternatives: 2 },
};

describe.skipIf(!hasEditor)('the default model with its editor', () => {
  let model: LoadedModel;
  beforeAll(async () => {
    model = await loadDefaultModel();
  });
  afterAll(() => model.close());

  const answer = async (request: GenerationRequest) => {
    const events: GenerationEvent[] = [];
    for await (const event of model.generate(request, new AbortController().signal)) events.push(event);
    return events.flatMap((event) =>
      event.type === 'token'
        ? [{ id: event.id, text: event.text, logProbability: event.logProbability }]
        : [],
    );
  };
  const textOf = (tokens: readonly { readonly text: string }[]) => tokens.map(({ text }) => text).join('');

  test('has the same chat, bit for bit, before and after it rewrote, prefilled and inspected', async () => {
    const before = await answer(chat);
    const rewrite = rewriteOf(passages[0]!, { kind: 'auto' }, true);
    const tokens = (await answer(rewrite)).map(({ id }) => id);
    await model.prefill(rewriteOf(passages[1]!, { kind: 'auto' }, true), new AbortController().signal);
    await model.inspect({ ...rewrite, tokens, first: 0, count: 4 });
    expect(await answer(chat)).toEqual(before);
    const other = await loadDefaultModel();
    const own = model;
    model = other;
    expect(await answer(chat)).toEqual(before);
    model = own;
    other.close();
  });

  test('is measured without it', async () => {
    const load = vi.spyOn(OnnxSession, 'load');
    const fresh = await loadDefaultModel();
    await fresh.measure(null);
    fresh.close();
    expect(
      load.mock.calls.map(([file]) => path.basename(file)).filter((name) => /^editor-/.test(name)),
    ).toEqual([]);
    expect(load).toHaveBeenCalledTimes(1);
    load.mockRestore();
  });

  test('corrects passages with mistakes otherwise than without it', async () => {
    for (const passage of passages) {
      const [adapted, stock] = [true, false].map((adapter) => rewriteOf(passage, { kind: 'auto' }, adapter));
      const text = textOf(await answer(adapted!));
      expect(text).not.toBe(textOf(await answer(stock!)));
      // Nothing around it, and not the passage as it was.
      expect(text.trim().split(/\s+/).length).toBeLessThan(1.3 * passage.split(/\s+/).length);
      expect(text.trim()).not.toBe(passage);
    }
  });

  test.each<StrategyInput>([
    { kind: 'auto' },
    { kind: 'beam', width: 1, best: 1 },
    { kind: 'speculative', draftLength: 'adaptive' },
    { kind: 'speculative', draftLength: 4 },
    { kind: 'speculative', draftLength: 8 },
  ])('writes greedy’s text by %j', async (input) => {
    for (const passage of passages)
      expect(await answer(rewriteOf(passage, input, true))).toEqual(
        await answer(rewriteOf(passage, { kind: 'greedy' }, true)),
      );
  });

  test('is inspected with the figures that a rewrite was written with', async () => {
    for (const passage of passages) {
      const request = rewriteOf(passage, { kind: 'auto' }, true);
      const written = await answer(request);
      const part = { first: 0, count: written.length, tokens: written.map(({ id }) => id) };
      const inspected = await model.inspect({ ...request, ...part });
      expect(inspected.map(({ logProbability }) => logProbability)).toEqual(
        written.map(({ logProbability }) => logProbability),
      );
    }
  });
});
