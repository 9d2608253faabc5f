import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { convert } from '../../src-main/convert/convert.ts';
import type { Precision } from '../../src-main/convert/weight-format.ts';
import { precisions } from '../../src-main/convert/weight-format.ts';
import { sha256OfFile } from '../../src-main/runtime/file-hash.ts';
import { loadModel } from '../../src-main/runtime/load.ts';
import { readManifest } from '../../src-main/runtime/read-manifest.ts';
import { writeGguf } from '../fakes/gguf-writer.ts';
import { mixedLlama } from '../fakes/mixed-llama.ts';
import type { TinyAdapter, TinyAdapterOptions } from '../fakes/tiny-adapter.ts';
import { merge, tinyAdapter } from '../fakes/tiny-adapter.ts';
import type { tinyLlama } from '../fakes/tiny-llama.ts';
import { hashesIn } from './folder-hashes.ts';
import { difference, nativeLogits, standardLogits, tokenCount } from './tiny-logits.ts';

let folder: string;
let source: string;
let adapter: string;
let target: string;
/** SHA-256 of the source. */
let sha256: string;

beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-adapter-'));
  source = path.join(folder, 'tiny.gguf');
  adapter = path.join(folder, 'editor.gguf');
  target = path.join(folder, 'model');
  await writeModel(mixedLlama());
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

async function writeModel(model: ReturnType<typeof tinyLlama>): Promise<void> {
  writeGguf(source, model);
  sha256 = await sha256OfFile(source);
}

function writeAdapter(
  options: TinyAdapterOptions = {},
  change: (adapter: TinyAdapter) => void = () => undefined,
) {
  const content = tinyAdapter(sha256, options);
  change(content);
  writeGguf(adapter, content);
  return content;
}

const inTarget = (name: string) => path.join(target, name);
const convertTo = (precision: Precision, to = target) => convert({ source, target: to, precision, adapter });

test.each(precisions)('%s: an adapter whose B is zero changes no bit of any logit', async (precision) => {
  writeAdapter({ size: 0 });
  const { operators } = await convertTo(precision);
  expect(standardLogits(inTarget('editor-model.onnx'))).toEqual(standardLogits(inTarget('model.onnx')));
  if (operators) {
    const stock = nativeLogits(inTarget('operators.onnx'), tokenCount);
    for (const width of [1, 5, tokenCount])
      expect(nativeLogits(inTarget('editor-operators.onnx'), width)).toEqual(stock);
  }

  // Negative control.
  writeAdapter({ size: 0.05 });
  await convertTo(precision);
  expect(standardLogits(inTarget('editor-model.onnx'))).not.toEqual(standardLogits(inTarget('model.onnx')));
});

/** The logits of the source's weights plus scale · B · A, in float32. */
async function mergedLogits(content: TinyAdapter, scale: number): Promise<Float32Array> {
  const merged = { source: path.join(folder, 'merged.gguf'), target: path.join(folder, 'merged') };
  const model = mixedLlama();
  merge(model, content, scale);
  writeGguf(merged.source, model);
  await convert({ ...merged, precision: 'float32' });
  return standardLogits(path.join(merged.target, 'model.onnx'));
}

test('the graphs with an adapter compute what its weights merged into the model compute', async () => {
  const options = fc.record({
    rank: fc.constantFrom(32, 64),
    alpha: fc.constantFrom(8, 16, 32, 48, 64, 1.5),
    seed: fc.integer({ min: 1, max: 1e6 }),
    size: fc.double({ min: 0.01, max: 0.1, noNaN: true }),
  });
  await fc.assert(
    fc.asyncProperty(options, async ({ alpha, rank, ...others }) => {
      const content = writeAdapter({ alpha, rank, ...others });
      const expected = await mergedLogits(content, alpha / rank);
      await convertTo('float32');
      expect(difference(standardLogits(inTarget('editor-model.onnx')), expected)).toBeLessThan(1e-5);
      await convertTo('8-bit');
      const found = nativeLogits(inTarget('editor-operators.onnx'), tokenCount);
      expect(difference(found, expected)).toBeLessThan(0.03);
      expect(nativeLogits(inTarget('editor-operators.onnx'), 1)).toEqual(found);
      expect(difference(standardLogits(inTarget('editor-model.onnx')), expected)).toBeLessThan(0.03);
    }),
    { numRuns: 12 },
  );
});

test.each(['attn_q', 'attn_k', 'attn_v', 'attn_output', 'ffn_gate', 'ffn_up', 'ffn_down'])(
  'the rows of %s are those of its weights',
  async (name) => {
    // Large values of one matrix only, so that one row in another place is noticed.
    const content = writeAdapter({ size: 0.3 }, ({ tensors }) => {
      for (const [tensor, { values }] of Object.entries(tensors))
        if (tensor.endsWith('lora_b') && !tensor.includes(name)) values.fill(0);
    });
    await convertTo('float32');
    const found = standardLogits(inTarget('editor-model.onnx'));
    expect(difference(found, await mergedLogits(content, 1))).toBeLessThan(1e-5);
    const { values } = content.tensors[`blk.1.${name}.weight.lora_b`]!;
    const first = values.slice(0, 32);
    values.copyWithin(0, 32, 64);
    values.set(first, 32);
    expect(difference(found, await mergedLogits(content, 1))).toBeGreaterThan(1e-4);
  },
);

test('the weights are stored once, and the stock graphs are those without an adapter', async () => {
  await convert({ source, target, precision: '8-bit' });
  expect(readManifest(target).adapter).toBeNull();
  const stock = await hashesIn(target);
  expect(Object.keys(stock).filter((name) => name.startsWith('editor-'))).toEqual([]);
  writeAdapter();
  const { files, adapter: listed } = await convertTo('8-bit');
  expect(listed).toEqual({ name: 'editor', sha256: await sha256OfFile(adapter), rank: 32 });
  const { 'model.json': _before, ...unchanged } = stock;
  expect(await hashesIn(target)).toMatchObject(unchanged);
  const { 'model.json': _manifest, ...written } = await hashesIn(target);
  expect(files).toEqual(written);
  expect(Object.keys(files).filter((name) => !(name in stock))).toEqual([
    'editor-model.onnx',
    'editor-model.onnx.data',
    'editor-operators.onnx',
    'editor-operators.onnx.data',
  ]);
  // A's of 4 x 32 rows and B's of 2 x (128 + 64 + 192 + 64) rows, with scales.
  const weights = 2 * 32 * (64 + 64 + 64 + 96 + 128 + 64 + 192 + 64);
  for (const name of ['editor-model.onnx.data', 'editor-operators.onnx.data'])
    expect(fs.statSync(inTarget(name)).size).toBeLessThan(1.25 * weights);
  (await loadModel(target, 'cpu')).close();
});

test.each(precisions)('%s: the same adapter gives the same bytes, another one others', async (precision) => {
  writeAdapter({ alpha: 48 });
  await convertTo(precision);
  const again = path.join(folder, 'again');
  await convertTo(precision, again);
  expect(await hashesIn(again)).toEqual(await hashesIn(target));
  writeAdapter({ alpha: 48, seed: 2 });
  await convertTo(precision, again);
  const [one, other] = [await hashesIn(target), await hashesIn(again)];
  expect(other['model.onnx.data']).toBe(one['model.onnx.data']);
  expect(other['editor-model.onnx.data']).not.toBe(one['editor-model.onnx.data']);
});

test('an adapter without a name is called after its file', async () => {
  writeAdapter({}, ({ metadata }) => delete metadata['general.name']);
  expect((await convertTo('8-bit')).adapter?.name).toBe('editor');
});

test('the command line takes an adapter, and its help names it', () => {
  const program = path.join(import.meta.dirname, '../../src-main/convert/command-line.ts');
  writeAdapter();
  const run = (...args: string[]) =>
    execFileSync(process.execPath, [program, ...args], { encoding: 'utf8', stdio: 'pipe' });
  expect(run(source, target, '--adapter', adapter)).toContain('editor-operators.onnx.data');
  expect(readManifest(target).adapter?.name).toBe('editor');
  expect(run('--help')).toContain('--adapter FILE');
  expect(() => run(source, target, '--adapter', path.join(folder, 'none.gguf'))).toThrow(
    /none.gguf doesn't exist/,
  );
});
