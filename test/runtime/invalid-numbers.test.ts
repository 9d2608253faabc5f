import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Strategy } from '../../src-main/contract/strategy.ts';
import { parseStrategy } from '../../src-main/contract/strategy.ts';
import { convert } from '../../src-main/convert/convert.ts';
import { loadModel } from '../../src-main/runtime/load.ts';
import { writeGguf } from '../fakes/gguf-writer.ts';
import { tinyLlama } from '../fakes/tiny-llama.ts';

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-numbers-'))));
afterEach(() => fs.rmSync(folder, { recursive: true }));

/** The answer's number of tokens by a model with `value` as a weight of a tensor. */
async function answer(tensor: string, value: number, strategy: Strategy): Promise<number> {
  const model = tinyLlama();
  model.tensors[tensor]!.values.fill(value, 0, 1);
  const source = path.join(folder, 'tiny.gguf');
  writeGguf(source, model);
  await convert({ source, target: path.join(folder, 'model'), precision: 'float32' });
  const loaded = await loadModel(path.join(folder, 'model'), 'cpu');
  try {
    let tokens = 0;
    const request = { prompt: { raw: 'x' }, strategy, maxTokens: 4, stopTexts: [], alternatives: 0 };
    for await (const event of loaded.generate(request, new AbortController().signal))
      if (event.type === 'token') tokens++;
    return tokens;
  } finally {
    loaded.close();
  }
}

const kinds = ['greedy', 'sampling', 'auto', 'contrastive'] as const;
const weights = ['output_norm.weight', 'blk.0.attn_norm.weight', 'blk.1.ffn_down.weight'];
const cases = kinds.flatMap((kind) => weights.map((weight) => [kind, NaN, weight] as const));

test.each([
  ...cases,
  ['greedy', Infinity, 'output_norm.weight'] as const,
  ['greedy', -Infinity, 'output_norm.weight'] as const,
])('%s ends with an error that names the model where a weight is %s in %s', async (kind, value, tensor) => {
  const found = answer(tensor, value, parseStrategy({ kind }));
  await expect(found).rejects.toMatchObject({
    code: 'runtime-failed',
    message: expect.stringContaining('Tiny computed no valid probabilities') as string,
  });
});

test('finite weights give an answer (negative control)', async () => {
  expect(await answer('output_norm.weight', 0.5, parseStrategy({ kind: 'greedy' }))).toBeGreaterThan(0);
});
