import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StrategyInput } from '../../src-main/contract/strategy.ts';
import { parseStrategy } from '../../src-main/contract/strategy.ts';
import { convert } from '../../src-main/convert/convert.ts';
import type { TokenId } from '../../src-main/engine/model.ts';
import type { LoadedModel } from '../../src-main/runtime/load.ts';
import { loadModel } from '../../src-main/runtime/load.ts';
import { requireNumbers } from '../../src-main/runtime/valid-logits.ts';
import { writeGguf } from '../fakes/gguf-writer.ts';
import { tinyLlama } from '../fakes/tiny-llama.ts';

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-numbers-'))));
afterEach(() => fs.rmSync(folder, { recursive: true }));

/** Loads a model with `value` as a weight of a tensor. */
async function load(tensor: string, value: number): Promise<LoadedModel> {
  const model = tinyLlama();
  model.tensors[tensor]!.values.fill(value, 0, 1);
  const source = path.join(folder, 'tiny.gguf');
  writeGguf(source, model);
  await convert({ source, target: path.join(folder, 'model'), precision: 'float32' });
  return loadModel(path.join(folder, 'model'), 'cpu');
}

/** The answer's number of tokens. */
async function answer(loaded: LoadedModel, strategy: StrategyInput): Promise<number> {
  let tokens = 0;
  const request = { prompt: { raw: 'x' }, maxTokens: 4, stopTexts: [], alternatives: 0 };
  const events = loaded.generate(
    { ...request, strategy: parseStrategy(strategy) },
    new AbortController().signal,
  );
  for await (const event of events) if (event.type === 'token') tokens++;
  return tokens;
}

const strategies: readonly StrategyInput[] = [
  { kind: 'greedy' },
  { kind: 'greedy', repetitionPenalty: 1.2 },
  { kind: 'sampling', seed: 1 },
  { kind: 'sampling', seed: 1, topK: 4, minP: 0.1 },
  { kind: 'sampling', seed: 1, mirostatTarget: 3 },
  { kind: 'auto' },
  { kind: 'speculative', draftLength: 3 },
  { kind: 'speculative', draftLength: 3, acceptance: 'rejection', policy: { kind: 'sampling', seed: 1 } },
  ...[1, 2, 4, 8].map((width) => ({ kind: 'beam', width, best: 1 }) as const),
  { kind: 'beam', width: 4, groups: 2, diversityPenalty: 0.5 },
  { kind: 'beam', width: 4, sample: true, seed: 1 },
  { kind: 'beam', width: 2, noRepeatNgram: 2, earlyStopping: 'never' },
  { kind: 'candidate-set' },
  { kind: 'candidate-set', policy: 'greedy' },
  { kind: 'candidate-set', policy: 'sampling', seed: 1 },
  { kind: 'contrastive' },
  { kind: 'contrastive', topK: 1 },
];
const damaged = {
  code: 'runtime-failed',
  message: expect.stringContaining('Tiny computed no valid probabilities') as string,
};

describe.each([
  [NaN, 'output_norm.weight'],
  [NaN, 'blk.0.attn_norm.weight'],
  [NaN, 'blk.1.ffn_down.weight'],
  [Infinity, 'output_norm.weight'],
  [-Infinity, 'output_norm.weight'],
] as const)('where a weight is %s in %s', (value, tensor) => {
  test('every strategy ends with an error that names the model', async () => {
    const loaded = await load(tensor, value);
    try {
      for (const strategy of strategies) {
        const found = answer(loaded, strategy);
        await expect(found, JSON.stringify(strategy)).rejects.toMatchObject(damaged);
      }
    } finally {
      loaded.close();
    }
  });

  test('so does an inspection', async () => {
    const loaded = await load(tensor, value);
    const strategy = parseStrategy({ kind: 'greedy' });
    const text = { prompt: { raw: 'x' }, tokens: [65, 66], strategy };
    try {
      await expect(loaded.inspect({ ...text, first: 0, count: 2, alternatives: 1 })).rejects.toMatchObject(
        damaged,
      );
    } finally {
      loaded.close();
    }
  });
});

test('finite weights give an answer with every strategy (negative control)', async () => {
  const loaded = await load('output_norm.weight', 0.5);
  for (const strategy of strategies) expect(await answer(loaded, strategy)).toBeGreaterThan(0);
  loaded.close();
});

test('a forward that is refused leaves the sequence as it was', async () => {
  const loaded = await load('output_norm.weight', NaN);
  const sequence = loaded.model.open();
  await sequence.forward([65 as TokenId], 0);
  await expect(sequence.forward([66 as TokenId])).rejects.toMatchObject(damaged);
  expect(sequence.tokens).toEqual([65]);
  sequence.close();
  loaded.close();
});

describe('logits are refused', () => {
  const card = { id: 'tiny', name: 'Tiny' } as LoadedModel['card'];

  test('if any is not finite, wherever it is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 40 }),
        fc.nat(39),
        fc.constantFrom(NaN, Infinity, -Infinity),
        (values, place, bad) => {
          const row = Float32Array.from(values);
          expect(() => requireNumbers([row], card)).not.toThrow();
          row[place % row.length] = bad;
          expect(() => requireNumbers([Float32Array.of(1), row], card)).toThrow('Tiny computed no valid');
        },
      ),
    );
  });

  test('also where infinities of both signs would cancel out', () => {
    expect(() => requireNumbers([Float32Array.of(Infinity, -Infinity, 0, 0, 1)], card)).toThrow('Tiny');
  });

  test('but not for their size', () => {
    const largest = Float32Array.from({ length: 5000 }, () => 3.4028234663852886e38);
    expect(() => requireNumbers([largest], card)).not.toThrow();
  });
});
