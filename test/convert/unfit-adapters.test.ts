import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { convert } from '../../src-main/convert/convert.ts';
import type { Precision } from '../../src-main/convert/weight-format.ts';
import { sha256OfFile } from '../../src-main/runtime/file-hash.ts';
import { writeGguf } from '../fakes/gguf-writer.ts';
import type { TinyAdapter, TinyAdapterOptions } from '../fakes/tiny-adapter.ts';
import { tinyAdapter } from '../fakes/tiny-adapter.ts';
import { tinyLlama } from '../fakes/tiny-llama.ts';
import { hashesIn } from './folder-hashes.ts';

let folder: string;
let source: string;
let adapter: string;
let target: string;
/** SHA-256 of the source. */
let sha256: string;

beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-unfit-adapter-'));
  source = path.join(folder, 'tiny.gguf');
  adapter = path.join(folder, 'editor.gguf');
  target = path.join(folder, 'model');
  writeGguf(source, tinyLlama());
  sha256 = await sha256OfFile(source);
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const convertTo = (precision: Precision) => convert({ source, target, precision, adapter });

type Change = (adapter: TinyAdapter) => void;
const set =
  (key: string, value: TinyAdapter['metadata'][string]): Change =>
  ({ metadata }) =>
    void (metadata[key] = value);
const without =
  (key: string): Change =>
  (adapter) =>
    void (adapter.metadata = lacking(adapter.metadata, key));
const withoutTensors =
  (start: string): Change =>
  (adapter) =>
    void (adapter.tensors = lacking(adapter.tensors, start));
const lacking = <T>(record: Readonly<Record<string, T>>, start: string): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => !name.startsWith(start)));
const reshaped =
  (name: string, ...shape: readonly [number, number]): Change =>
  ({ tensors }) =>
    void (tensors[name] = { shape, values: new Float32Array(shape[0] * shape[1]) });
const added =
  (name: string, ...shape: readonly number[]): Change =>
  ({ tensors }) =>
    void (tensors[name] = { shape, values: new Float32Array(shape.reduce((a, b) => a * b, 1)) });
const changedValue =
  (name: string, value: number): Change =>
  ({ tensors }) => {
    const { shape, values } = tensors[name]!;
    tensors[name] = { shape, values: values.map((old, index) => (index === 7 ? value : old)) };
  };

const hostile: readonly (readonly [string, TinyAdapterOptions, Change, string])[] = [
  ['a model in place of an adapter', {}, set('general.type', 'model'), 'general.type = model, not adapter'],
  ['no type', {}, without('general.type'), 'general.type = (none), not adapter'],
  ['another kind of adapter', {}, set('adapter.type', 'ia3'), 'adapter.type = ia3, not lora'],
  ['no kind of adapter', {}, without('adapter.type'), 'adapter.type = (none), not lora'],
  [
    'another architecture',
    {},
    set('general.architecture', 'qwen2'),
    'general.architecture = qwen2, not llama',
  ],
  [
    'another target',
    {},
    set('foredraft.target.sha256', 'f'.repeat(64)),
    'it was trained for another file than',
  ],
  ['no target', {}, without('foredraft.target.sha256'), 'foredraft.target.sha256 = (none)'],
  ['a target that is no text', {}, set('foredraft.target.sha256', 5), 'foredraft.target.sha256 = (none)'],
  [
    'tokens that invoke it',
    {},
    set('adapter.alora.invocation_tokens', [1, 2]),
    'adapter.alora.invocation_tokens',
  ],
  ['a prompt of its own', {}, set('adapter.lora.prompt_prefix', 'Fix:'), 'adapter.lora.prompt_prefix'],
  ["a model's setting", {}, set('llama.rope.freq_base', { float: 5 }), 'the setting llama.rope.freq_base'],
  ['no alpha', {}, without('adapter.lora.alpha'), 'no number adapter.lora.alpha'],
  ['an alpha that is a text', {}, set('adapter.lora.alpha', '32'), 'no number adapter.lora.alpha'],
  ['an alpha of 0', { alpha: 0 }, () => undefined, 'adapter.lora.alpha = 0'],
  ['a negative alpha', { alpha: -32 }, () => undefined, 'adapter.lora.alpha = -32'],
  ['an infinite alpha', { alpha: Infinity }, () => undefined, 'adapter.lora.alpha = Infinity'],
  ['an alpha that is no number', { alpha: NaN }, () => undefined, 'adapter.lora.alpha = NaN'],
  ['rank 16', { rank: 16 }, () => undefined, "the rank 16, which isn't a multiple of 32"],
  ['rank 33', { rank: 33 }, () => undefined, 'the rank 33'],
  ['an A of another rank', {}, reshaped('blk.1.ffn_down.weight.lora_a', 64, 96), '64 x 96, not 32 x 96'],
  ['a B of another rank', {}, reshaped('blk.1.ffn_down.weight.lora_b', 64, 64), '64 x 64, not 64 x 32'],
  ['a transposed A', {}, reshaped('blk.0.attn_output.weight.lora_a', 64, 32), '64 x 32, not 32 x 64'],
  ['too few columns', {}, reshaped('blk.0.ffn_gate.weight.lora_a', 32, 32), '32 x 32, not 32 x 64'],
  ['too many rows', {}, reshaped('blk.0.attn_k.weight.lora_b', 64, 32), '64 x 32, not 32 x 32'],
  ['a vector', {}, added('blk.0.attn_v.weight.lora_b', 1024), 'blk.0.attn_v.weight.lora_b of the shape 1024'],
  ['a missing A', {}, withoutTensors('blk.1.attn_q.weight.lora_a'), 'no tensor blk.1.attn_q.weight.lora_a'],
  ['a missing B', {}, withoutTensors('blk.0.ffn_up.weight.lora_b'), 'no tensor blk.0.ffn_up.weight.lora_b'],
  ['nothing of a layer', {}, withoutTensors('blk.1.'), 'no tensor blk.1.'],
  [
    'a layer too many',
    {},
    added('blk.2.attn_q.weight.lora_a', 32, 64),
    'the tensor blk.2.attn_q.weight.lora_a',
  ],
  ['an adapter of the head', {}, added('output.weight.lora_b', 257, 32), 'the tensor output.weight.lora_b'],
  [
    'an adapter of the embedding',
    {},
    added('token_embd.weight.lora_a', 32, 64),
    'the tensor token_embd.weight.lora_a',
  ],
  ['a norm', {}, added('blk.0.attn_norm.weight', 64), 'the tensor blk.0.attn_norm.weight'],
  ['a magnitude (DoRA)', {}, added('blk.0.attn_q.weight.lora_magnitude', 64), 'lora_magnitude'],
  [
    'another A for keys',
    {},
    changedValue('blk.0.attn_k.weight.lora_a', 0.5),
    'another matrix in blk.0.attn_k.weight.lora_a than in blk.0.attn_q.weight.lora_a',
  ],
  [
    'another A for up',
    {},
    changedValue('blk.1.ffn_up.weight.lora_a', 0.5),
    'another matrix in blk.1.ffn_up.weight.lora_a',
  ],
  [
    'an infinite weight',
    {},
    changedValue('blk.1.ffn_down.weight.lora_b', Infinity),
    "blk.1.ffn_down.weight.lora_b with weights that aren't finite",
  ],
  [
    'a weight that is no number',
    {},
    changedValue('blk.1.attn_output.weight.lora_a', NaN),
    'blk.1.attn_output.weight.lora_a with weights',
  ],
  [
    'a product that overflows',
    { alpha: 3e38 },
    changedValue('blk.0.attn_v.weight.lora_b', 1e38),
    'blk.0.attn_v.weight.lora_b with weights',
  ],
];

test.each(hostile)(
  '%s is refused, and the folder stays as it was',
  async (_name, options, change, message) => {
    await convert({ source, target, precision: '8-bit' });
    const before = await hashesIn(target);
    const content = tinyAdapter(sha256, options);
    change(content);
    writeGguf(adapter, content);
    for (const precision of ['8-bit', 'float32'] as const) {
      await expect(convertTo(precision)).rejects.toMatchObject({
        name: 'ForedraftError',
        code: expect.stringMatching(/^model-(unsupported|file-invalid)$/) as string,
        message: expect.stringContaining(message) as string,
      });
    }
    expect(await hashesIn(target)).toEqual(before);
    expect(fs.readdirSync(folder).sort()).toEqual(['editor.gguf', 'model', 'tiny.gguf']);
  },
);

test('a file that is no adapter at all is refused by its name', async () => {
  await expect(convertTo('8-bit')).rejects.toMatchObject({ code: 'model-missing' });
  fs.writeFileSync(adapter, '<!doctype html>');
  await expect(convertTo('8-bit')).rejects.toThrow(`${adapter} is not a GGUF file`);
  fs.copyFileSync(source, adapter);
  await expect(convertTo('8-bit')).rejects.toThrow('general.type = (none), not adapter');
  expect(fs.existsSync(target)).toBe(false);
});

test('an adapter in place of the model is refused with the way to use it', async () => {
  writeGguf(adapter, tinyAdapter(sha256));
  await expect(convert({ source: adapter, target, precision: '8-bit' })).rejects.toMatchObject({
    code: 'model-unsupported',
    message: expect.stringContaining(`is an adapter, not a model: convert the model it was trained for`),
  });
  expect(fs.existsSync(target)).toBe(false);
});

test('any damaged byte of an adapter gives a model or an error that says so, never a crash', async () => {
  const content = tinyAdapter(sha256);
  writeGguf(adapter, content);
  const whole = fs.readFileSync(adapter);
  await fc.assert(
    fc.asyncProperty(fc.nat(6000), fc.integer({ min: 1, max: 255 }), async (place, change) => {
      const bytes = Buffer.from(whole);
      bytes[place]! ^= change;
      fs.writeFileSync(adapter, bytes);
      await convertTo('float32').catch((error: unknown) => {
        expect(error).toHaveProperty('code', expect.stringMatching(/^model-(file-invalid|unsupported)$/));
      });
    }),
    { numRuns: 60 },
  );
});
