import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { convert } from '../../src-main/convert/convert.ts';
import { dequantize, tensorTypeOf } from '../../src-main/convert/tensor-type/tensor-type.ts';
import { writeGguf } from '../fakes/gguf-writer.ts';
import { tinyLlama, tinySizes } from '../fakes/tiny-llama.ts';
import type { Tensor } from '../native/operator-session.ts';
import { OperatorSession } from '../native/operator-session.ts';
import { generator, toHalf } from '../native/random.ts';

/**
 * Both graphs of one file compute the same, up to the rounding of activations to 8 bits. The file's matrices have several
 * types, so that query, key and value weights are of three formats, and gate and up of two types in one format.
 */
const types = {
  'token_embd.weight': 8,
  'blk.0.attn_q.weight': 2,
  'blk.0.attn_k.weight': 8,
  'blk.0.attn_v.weight': 3,
  'blk.0.attn_output.weight': 6,
  'blk.0.ffn_gate.weight': 2,
  'blk.0.ffn_up.weight': 3,
  'blk.1.ffn_gate.weight': 3,
  'blk.1.ffn_up.weight': 8,
  'blk.1.ffn_down.weight': 6,
};
const tokens = [72, 101, 108, 108, 111, 44, 32, 119, 111, 114, 108, 100, 33, 256, 0, 255];
const vocabulary = 257;
const slots = 32;

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-native-graph-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** The tiny model with blocks of these types, and the values that they stand for. */
function mixedLlama(): ReturnType<typeof tinyLlama> {
  const model = tinyLlama();
  // Norms of about 1, so that the attention tells positions apart.
  for (const [name, { values }] of Object.entries(model.tensors))
    if (name.endsWith('norm.weight')) values.forEach((value, index) => (values[index] = 1 + 5 * value));
  for (const [index, [name, number]] of Object.entries(types).entries()) {
    const { shape } = model.tensors[name]!;
    const type = tensorTypeOf(number, name);
    const random = generator(index);
    const blocks = (shape[0]! * shape[1]!) / type.blockLength;
    const bytes = Uint8Array.from({ length: blocks * type.blockBytes }, () => Math.floor(256 * random()));
    const view = new DataView(bytes.buffer);
    for (let at = 0; at < bytes.length; at += type.blockBytes) {
      const scale = (0.1 + random()) / (number === 8 ? 600 : 40);
      view.setUint16(at, toHalf(scale), true);
      if (type.name === 'Q4_1') view.setUint16(at + 2, toHalf(-7 * scale), true);
    }
    model.tensors[name] = { shape, values: dequantize(type, bytes), encoded: { type: number, bytes } };
  }
  return model;
}

async function converted(name: string, model: ReturnType<typeof tinyLlama>, precision: 'float32' | '8-bit') {
  const source = path.join(folder, `${name}.gguf`);
  const target = path.join(folder, name);
  writeGguf(source, model);
  return { target, manifest: await convert({ source, target, precision }) };
}

const int64 = (values: readonly number[]) => BigInt64Array.from(values, BigInt);
const places = tokens.map((_, index) => index);

/** Logits after each token, in forwards of `width` tokens. */
function native(target: string, width: number): Float32Array {
  const session = new OperatorSession(path.join(target, 'operators.onnx'));
  const { layers, keyValueHeads, headSize } = tinySizes;
  const caches: Record<string, Tensor> = {};
  for (let layer = 0; layer < layers; layer++) {
    const data = () => new Uint16Array(keyValueHeads * slots * headSize);
    caches[`${layer}.key`] = { data: data(), shape: [keyValueHeads, slots / 16, headSize, 16] };
    caches[`${layer}.value`] = { data: data(), shape: [keyValueHeads, slots, headSize] };
  }
  const named = (prefix: string) =>
    Object.fromEntries(Object.entries(caches).map(([name, cache]) => [`${prefix}.${name}`, cache]));
  const logits = new Float32Array(tokens.length * vocabulary);
  for (let start = 0; start < tokens.length; start += width) {
    const row = Int32Array.from(places.slice(start, start + width));
    const count = row.length;
    const part = new Float32Array(count * vocabulary);
    session.run(
      {
        input_ids: { data: int64(tokens.slice(start, start + width)), shape: [1, count] },
        rows: { data: int64(places.slice(0, count)), shape: [count] },
        slots: { data: row, shape: [count] },
        prefix_lengths: { data: row.map((place) => place + 1), shape: [count] },
        paths: { data: new Int32Array(0), shape: [count, 0] },
        positions: { data: row, shape: [count] },
        ...named('past'),
      },
      {
        logits: { data: part, shape: [1, count, vocabulary] },
        hidden: { data: new Float32Array(count * tinySizes.hidden), shape: [1, count, tinySizes.hidden] },
        ...named('present'),
      },
    );
    logits.set(part, start * vocabulary);
  }
  session.release();
  return logits;
}

/** Logits after each token of the standard graph. */
function standard(target: string): Float32Array {
  const session = new OperatorSession(path.join(target, 'model.onnx'));
  const { layers, keyValueHeads, headSize } = tinySizes;
  const count = tokens.length;
  const shape = [1, keyValueHeads, count, headSize];
  const past: Record<string, Tensor> = {};
  const present: Record<string, Tensor> = {};
  for (let layer = 0; layer < layers; layer++) {
    for (const part of ['key', 'value']) {
      const cache = { data: new Float32Array(keyValueHeads * count * headSize), shape };
      past[`past.${layer}.${part}`] = cache;
      present[`present.${layer}.${part}`] = cache;
    }
  }
  const bias = Float32Array.from({ length: count * count }, (_, at) =>
    at % count > Math.floor(at / count) ? -1e9 : 0,
  );
  const logits = new Float32Array(count * vocabulary);
  session.run(
    {
      input_ids: { data: int64(tokens), shape: [1, count] },
      rows: { data: int64(places), shape: [count] },
      position_ids: { data: int64(places), shape: [1, count] },
      attention_bias: { data: bias, shape: [1, 1, count, count] },
      seqlens_k: { data: Int32Array.of(count - 1), shape: [1] },
      total_sequence_length: { data: Int32Array.of(count), shape: [1] },
      ...past,
    },
    {
      logits: { data: logits, shape: [1, count, vocabulary] },
      hidden: { data: new Float32Array(count * tinySizes.hidden), shape: [1, count, tinySizes.hidden] },
      ...present,
    },
  );
  session.release();
  return logits;
}

/** Root of the mean squared difference, in units of the logits' own. */
function difference(found: Float32Array, expected: Float32Array): number {
  const squares = (values: Float32Array) => values.reduce((sum, value) => sum + value * value, 0);
  return Math.sqrt(squares(found.map((value, index) => value - expected[index]!)) / squares(expected));
}

test('the native graph computes what the standard one computes in float32', async () => {
  const model = mixedLlama();
  const { target, manifest } = await converted('mixed', model, '8-bit');
  const { target: exact } = await converted('exact', model, 'float32');
  expect(manifest.operators).toEqual({
    cache: 'float16',
    weights: { Q8_0: 3, Q4_0: 2, Q4_1: 3, Q5_0: 2, '8-bit': 5 },
  });
  const expected = standard(exact);
  const found = native(target, tokens.length);
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
