import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GenerationEvent } from '../../src-main/contract/generation.ts';
import type { StrategyInput } from '../../src-main/contract/strategy.ts';
import { parseStrategy } from '../../src-main/contract/strategy.ts';
import type { LoadedModel } from '../../src-main/runtime/load.ts';
import { loadModel } from '../../src-main/runtime/load.ts';
import { readManifest } from '../../src-main/runtime/read-manifest.ts';
import { defaultModelDirectory } from './default-model.ts';

const draft = 'smollm2-135m-instruct';
let otherVocabulary: string;
let model: LoadedModel;

beforeAll(async () => {
  otherVocabulary = folderWithAnotherVocabulary();
  const installed = new Map([
    [draft, defaultModelDirectory],
    ['other-vocabulary', otherVocabulary],
  ]);
  model = await loadModel(`${defaultModelDirectory}-float32`, 'cpu', installed);
});
afterAll(() => {
  model.close();
  fs.rmSync(otherVocabulary, { recursive: true });
});

const sha256 = (text: string) => crypto.createHash('sha256').update(text).digest('hex');

/** The default model with two tokens swapped. */
function folderWithAnotherVocabulary(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-draft-'));
  for (const name of fs.readdirSync(defaultModelDirectory)) {
    fs.symlinkSync(path.join(defaultModelDirectory, name), path.join(folder, name));
  }
  const tokenizer = JSON.parse(fs.readFileSync(path.join(folder, 'tokenizer.json'), 'utf8')) as {
    model: { vocab: Record<string, number> };
  };
  const { vocab } = tokenizer.model;
  [vocab['a'], vocab['b']] = [vocab['b'] ?? 0, vocab['a'] ?? 0];
  const manifest = readManifest(defaultModelDirectory);
  const text = JSON.stringify(tokenizer);
  const files = { ...manifest.files, 'tokenizer.json': sha256(text) };
  for (const name of ['tokenizer.json', 'model.json']) fs.rmSync(path.join(folder, name));
  fs.writeFileSync(path.join(folder, 'tokenizer.json'), text);
  fs.writeFileSync(path.join(folder, 'model.json'), JSON.stringify({ ...manifest, files }));
  return folder;
}

async function answer(input: StrategyInput, signal = new AbortController().signal) {
  const content = 'Write two sentences about a harbour at night.';
  const prompt = { messages: [{ role: 'user', content }] } as const;
  const request = {
    prompt,
    strategy: parseStrategy(input),
    maxTokens: 40,
    stopTexts: [],
    alternatives: 3,
  } as const;
  const events: GenerationEvent[] = [];
  for await (const event of model.generate(request, signal)) events.push(event);
  return events;
}

const tokensOf = (events: readonly GenerationEvent[]) => events.filter((event) => event.type === 'token');

describe.each(['greedy', 'sampling'] as const)(
  'with the 8-bit model drafting for the float32 one, %s',
  (kind) => {
    const policy = kind === 'greedy' ? { kind } : ({ kind, seed: 5, topK: 40 } as const);

    test.each<StrategyInput>([
      { kind: 'speculative', proposer: 'draft-model', draftModel: draft, draftLength: 4, policy },
      { kind: 'speculative', proposer: 'combined', draftModel: draft, draftLength: 3, policy },
      { kind: 'auto', draftModel: draft, policy },
    ])(
      '$kind $proposer gives the tokens, log-probabilities and alternatives of plain decoding',
      async (input) => {
        const plain = tokensOf(await answer(policy));
        const events = await answer(input);
        // Only origins may differ.
        expect(tokensOf(events).map(({ origin: _, ...rest }) => rest)).toEqual(plain);
        // The rounds of auto depend on the load of the machine.
        if (input.kind === 'auto') return;
        const rounds = events.filter((event) => event.type === 'round');
        expect(rounds.some(({ source, accepted }) => source === 'draft-model' && accepted > 0)).toBe(true);
      },
    );
  },
);

test('a model that is not installed is rejected by name', async () => {
  await expect(answer({ kind: 'auto', draftModel: 'absent' })).rejects.toThrow(
    'The draft model absent is not installed: choose one of smollm2-135m-instruct, other-vocabulary.',
  );
});

test('a model with another vocabulary is rejected with the first difference, each time', async () => {
  const sentence =
    /can't draft for .*: its token \d+ is "[ab]", not "[ab]"\. Choose a draft model with the same/;
  const strategy = { kind: 'auto', draftModel: 'other-vocabulary' } as const;
  await expect(answer(strategy)).rejects.toThrow(sentence);
  await expect(answer(strategy)).rejects.toThrow(sentence);
});

test('measures forwards of both models', async () => {
  const costs = await model.measure(draft);
  expect(costs.forwards.map(({ width }) => width)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(costs.forwards.every(({ milliseconds }) => milliseconds > 0)).toBe(true);
  expect(costs.draft).toMatchObject({ modelId: draft });
  expect(costs.draft?.milliseconds).toBeGreaterThan(0);
});

test('a stop ends a draft, too', async () => {
  const abort = new AbortController();
  const strategy = {
    kind: 'speculative',
    proposer: 'draft-model',
    draftModel: draft,
    draftLength: 16,
  } as const;
  setTimeout(() => abort.abort(), 60);
  const end = (await answer(strategy, abort.signal)).at(-1);
  expect(end).toMatchObject({ type: 'end', reason: 'stopped' });
});
