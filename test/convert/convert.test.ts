import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ErrorCode } from '../../src-main/contract/error.ts';
import { convert } from '../../src-main/convert/convert.ts';
import { requireSpace } from '../../src-main/convert/model-folder.ts';
import { GgufFile } from '../../src-main/convert/gguf-file.ts';
import type { Precision } from '../../src-main/convert/weight-format.ts';
import { precisions } from '../../src-main/convert/weight-format.ts';
import { loadModel } from '../../src-main/runtime/load.ts';
import { readManifest } from '../../src-main/runtime/read-manifest.ts';
import { ggufBytes, writeGguf } from '../fakes/gguf-writer.ts';
import { tinyLlama, tinyTokens } from '../fakes/tiny-llama.ts';
import { hashesIn } from './folder-hashes.ts';

let folder: string;
let source: string;
let target: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-convert-'));
  source = path.join(folder, 'tiny.gguf');
  target = path.join(folder, 'model');
  writeGguf(source, tinyLlama());
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const convertTo = (precision: Precision, to = target) => convert({ source, target: to, precision });

/** Code and message of the failed conversion; checks that only the source file is left. */
async function refusal(change: (model: ReturnType<typeof tinyLlama>) => void): Promise<[ErrorCode, string]> {
  const model = tinyLlama();
  change(model);
  writeGguf(source, model);
  const error = await convertTo('8-bit').then(
    () => undefined,
    (thrown: { code: ErrorCode; message: string }) => thrown,
  );
  expect(error).toBeDefined();
  expect(fs.readdirSync(folder)).toEqual(['tiny.gguf']);
  return [error!.code, error!.message];
}

test.each(precisions)('%s: the converted model loads, and conversion is deterministic', async (precision) => {
  const manifest = await convertTo(precision);
  await convertTo(precision, path.join(folder, 'again'));
  expect(await hashesIn(path.join(folder, 'again'))).toEqual(await hashesIn(target));
  expect(manifest).toMatchObject({ precision, architecture: 'llama', endTokens: [256], name: 'Tiny' });
  expect(manifest.operators).toEqual(
    precision === 'float32' ? null : { cache: 'float16', weights: { '8-bit': 15 } },
  );
  const { 'model.json': _manifest, ...files } = await hashesIn(target);
  expect(manifest.files).toEqual(files);
  const model = await loadModel(target, 'cpu');
  expect(model.card.vocabularySize).toBe(257);
  model.close();
});

test('the key-value cache of the native graph has the type asked for', async () => {
  const graph = async (cache: 'float16' | 'float32') => {
    const { operators, files } = await convert({ source, target, precision: '8-bit', cache });
    expect(operators?.cache).toBe(cache);
    return files['operators.onnx'];
  };
  expect(await graph('float32')).not.toBe(await graph('float16'));
});

test('a model of another format is refused with the command that converts it', async () => {
  await convertTo('8-bit');
  const file = path.join(target, 'model.json');
  fs.writeFileSync(file, '{"formatVersion":1,"id":"tiny"}');
  expect(() => readManifest(target)).toThrow(
    `has format 1, and this version reads 3: convert the model again (npm run -s convert -- FILE.gguf ${target})`,
  );
});

test('a different source gives different bytes', async () => {
  await convertTo('8-bit');
  const before = await hashesIn(target);
  const model = tinyLlama();
  model.tensors['blk.1.ffn_down.weight']!.values[5]! += 0.5;
  writeGguf(source, model);
  await convertTo('8-bit');
  expect((await hashesIn(target))['model.onnx.data']).not.toBe(before['model.onnx.data']);
});

test('replaces a model in the folder, but nothing else', async () => {
  await convertTo('8-bit');
  await convertTo('float32');
  expect(fs.readFileSync(path.join(target, 'model.json'), 'utf8')).toContain('"float32"');
  const other = path.join(folder, 'photos');
  fs.mkdirSync(other);
  fs.writeFileSync(path.join(other, 'cat.png'), '');
  await expect(convertTo('8-bit', other)).rejects.toMatchObject({ code: 'file-failed' });
  expect(fs.readdirSync(other)).toEqual(['cat.png']);
});

test('rejects missing, unknown or misshapen parts by name and leaves no files', async () => {
  expect(await refusal(({ tensors }) => delete tensors['blk.1.ffn_up.weight'])).toEqual([
    'model-file-invalid',
    expect.stringContaining('has no tensor blk.1.ffn_up.weight'),
  ]);
  expect(await refusal(({ metadata }) => (metadata['general.architecture'] = 'mamba'))).toEqual([
    'model-unsupported',
    expect.stringContaining('architecture mamba'),
  ]);
  expect(await refusal(({ metadata }) => (metadata['llama.feed_forward_length'] = 128))).toEqual([
    'model-file-invalid',
    expect.stringContaining('96 x 64, expected 128 x 64'),
  ]);
  expect(await refusal(({ metadata }) => (metadata['tokenizer.ggml.pre'] = 'tekken'))).toEqual([
    'model-unsupported',
    expect.stringContaining('pre-tokenizer tekken'),
  ]);
  expect(await refusal(({ metadata }) => (metadata['tokenizer.ggml.pre'] = 'constructor'))).toEqual([
    'model-unsupported',
    expect.stringContaining('pre-tokenizer constructor'),
  ]);
  expect(await refusal(({ metadata }) => (metadata['llama.rope.scaling.type'] = 'yarn'))).toEqual([
    'model-unsupported',
    expect.stringContaining('yarn'),
  ]);
  expect(await refusal(({ metadata }) => delete metadata['llama.block_count'])).toEqual([
    'model-file-invalid',
    expect.stringContaining('llama.block_count'),
  ]);
});

test('rejects a missing file and a file of another format by name', async () => {
  const missing = path.join(folder, 'nowhere.gguf');
  await expect(GgufFile.open(missing)).rejects.toMatchObject({ code: 'model-missing' });
  fs.writeFileSync(source, 'PK\u0003\u0004 something else');
  await expect(GgufFile.open(source)).rejects.toThrow(/is not a GGUF file/);
  fs.writeFileSync(source, '');
  await expect(GgufFile.open(source)).rejects.toThrow(/is not a GGUF file/);
  await expect(GgufFile.open(folder)).rejects.toMatchObject({ code: 'file-failed' });
});

test('rejects a file truncated at any length, accepts the whole one', async () => {
  const whole = ggufBytes(tinyLlama());
  const cut = path.join(folder, 'cut.gguf');
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 64 }), async (length) => {
      fs.writeFileSync(cut, whole.subarray(0, length));
      await expect(GgufFile.open(cut)).rejects.toMatchObject({ code: 'model-file-invalid' });
    }),
    { numRuns: 60 },
  );
  fs.writeFileSync(cut, whole);
  (await GgufFile.open(cut)).close();
});

test('a corrupted header gives a typed error or a readable file, never a crash', async () => {
  const whole = ggufBytes(tinyLlama());
  const damaged = path.join(folder, 'damaged.gguf');
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 4, max: 3000 }),
      fc.integer({ min: 1, max: 255 }),
      async (place, change) => {
        const bytes = Buffer.from(whole);
        bytes[place]! ^= change;
        fs.writeFileSync(damaged, bytes);
        try {
          await convert({ source: damaged, target, precision: '8-bit' });
        } catch (error) {
          expect(error).toHaveProperty('code', expect.stringMatching(/^model-(file-invalid|unsupported)$/));
        }
      },
    ),
    { numRuns: 150 },
  );
});

test('a full disk is detected before anything is written', () => {
  expect(() => requireSpace(target, 1e18)).toThrow(expect.objectContaining({ code: 'disk-full' }));
  requireSpace(target, 1);
});

test('the command line prints one sentence on failure', () => {
  const program = path.join(import.meta.dirname, '../../src-main/convert/command-line.ts');
  const run = (...args: string[]) => {
    try {
      execFileSync(process.execPath, [program, ...args], { encoding: 'utf8', stdio: 'pipe' });
      return { status: 0, stderr: '' };
    } catch (error) {
      return error as { status: number; stderr: string };
    }
  };
  expect(run(source, target).status).toBe(0);
  const missing = run(path.join(folder, 'none.gguf'), path.join(folder, 'other'));
  expect(missing.status).toBe(1);
  expect(missing.stderr.trim().split('\n')).toHaveLength(1);
  expect(missing.stderr).toContain("none.gguf doesn't exist");
  expect(run(source, target, '--precision', '3-bit').stderr).toContain('3-bit');
  expect(run(source, target, '--cache', 'int8').stderr).toContain('int8');
  expect(run(source).stderr).toContain('--help');
});

test.each<readonly [string, (model: ReturnType<typeof tinyLlama>) => void, readonly string[]]>([
  ['an end token and a template', () => undefined, []],
  [
    'no end token',
    ({ metadata }) => {
      delete metadata['tokenizer.ggml.eos_token_id'];
      metadata['tokenizer.ggml.tokens'] = [...tinyTokens().slice(0, 256), '[STOP]'];
    },
    ['names no end token'],
  ],
  [
    'an end token outside of the vocabulary',
    ({ metadata }) => {
      metadata['tokenizer.ggml.eos_token_id'] = 4_294_967_295;
      metadata['tokenizer.ggml.tokens'] = [...tinyTokens().slice(0, 256), '[STOP]'];
    },
    ['names no end token'],
  ],
  ['no template', ({ metadata }) => delete metadata['tokenizer.chat_template'], ['has no chat template']],
  [
    'a blank template',
    ({ metadata }) => (metadata['tokenizer.chat_template'] = ' \n'),
    ['has no chat template'],
  ],
])('a model with %s is converted, and what it lacks is said', async (_name, change, expected) => {
  const model = tinyLlama();
  model.metadata['tokenizer.chat_template'] = '{{ messages[0].content }}';
  change(model);
  writeGguf(source, model);
  const notices: string[] = [];
  await convert({ source, target, precision: 'float32', onNotice: (notice) => notices.push(notice) });
  expect(notices).toEqual(expected.map((part) => expect.stringContaining(`${source} ${part}`) as string));
});
