import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { convert } from '../../src-main/convert/convert.ts';
import { writeGguf } from '../fakes/gguf-writer.ts';
import { mixedLlama } from '../fakes/mixed-llama.ts';
import type { tinyLlama } from '../fakes/tiny-llama.ts';
import { difference, nativeLogits, standardLogits, tokenCount } from './tiny-logits.ts';

/** Both graphs of one file compute the same, up to the rounding of activations to 8 bits. */
let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-native-graph-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

async function converted(name: string, model: ReturnType<typeof tinyLlama>, precision: 'float32' | '8-bit') {
  const source = path.join(folder, `${name}.gguf`);
  const target = path.join(folder, name);
  writeGguf(source, model);
  return { target, manifest: await convert({ source, target, precision }) };
}

const standard = (target: string) => standardLogits(path.join(target, 'model.onnx'));
const native = (target: string, width: number) => nativeLogits(path.join(target, 'operators.onnx'), width);

test('the native graph computes what the standard one computes in float32', async () => {
  const model = mixedLlama();
  const { target, manifest } = await converted('mixed', model, '8-bit');
  const { target: exact } = await converted('exact', model, 'float32');
  expect(manifest.operators).toEqual({
    cache: 'float16',
    weights: { Q8_0: 3, Q4_0: 2, Q4_1: 3, Q5_0: 2, '8-bit': 5 },
  });
  const expected = standard(exact);
  const found = native(target, tokenCount);
  expect(difference(found, expected)).toBeLessThan(0.02);
  expect(native(target, 1)).toEqual(found);

  // One matrix with its rows in another order is noticed.
  model.tensors['blk.0.attn_k.weight']!.values.reverse();
  delete (model.tensors['blk.0.attn_k.weight'] as { encoded?: unknown }).encoded;
  const { target: other } = await converted('other', model, 'float32');
  expect(difference(found, standard(other))).toBeGreaterThan(0.05);
});

test('constants that both graphs need are stored once', async () => {
  const { target } = await converted('shared', mixedLlama(), '8-bit');
  const graph = fs.readFileSync(path.join(target, 'operators.onnx'), 'latin1');
  const inFile = (file: string) =>
    graph.split(`\n\blocation\x12${String.fromCharCode(file.length)}${file}`).length - 1;
  // Rotary tables, and the embedding's codes and scales; smaller ones are in the graph itself.
  expect(inFile('model.onnx.data')).toBe(4);
  expect(inFile('operators.onnx.data')).toBe(12);
});
