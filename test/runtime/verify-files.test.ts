import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { convert } from '../../src-main/convert/convert.ts';
import { loadModel } from '../../src-main/runtime/load.ts';
import type { ModelManifest } from '../../src-main/runtime/manifest.ts';
import { readManifest } from '../../src-main/runtime/read-manifest.ts';
import { VerificationRecord } from '../../src-main/runtime/verification-record.ts';
import { verifyAgain, verifyFiles } from '../../src-main/runtime/verify-files.ts';
import { writeGguf } from '../fakes/gguf-writer.ts';
import { tinyLlama } from '../fakes/tiny-llama.ts';

let root: string;
/** The converted model, and a copy for each test. */
let original: string;
let directory: string;
let manifest: ModelManifest;
let record: VerificationRecord;
let count = 0;

beforeAll(async () => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-verify-'));
  original = path.join(root, 'original');
  writeGguf(path.join(root, 'tiny.gguf'), tinyLlama());
  await convert({ source: path.join(root, 'tiny.gguf'), target: original, precision: '8-bit' });
});
afterAll(() => fs.rmSync(root, { recursive: true }));

beforeEach(() => {
  directory = path.join(root, `copy-${++count}`);
  fs.cpSync(original, directory, { recursive: true, preserveTimestamps: true });
  manifest = readManifest(directory);
  record = new VerificationRecord();
});
afterEach(() => fs.rmSync(directory, { recursive: true, force: true }));

const files = ['tokenizer.json', 'model.onnx', 'model.onnx.data', 'operators.onnx', 'operators.onnx.data'];
const inFolder = (name: string) => path.join(directory, name);
const verify = (using = record) => verifyFiles(directory, manifest, using);
const again = (pause = () => Promise.resolve()) => verifyAgain(directory, manifest, record, pause);
const refusal = (name: string) =>
  expect.objectContaining({
    name: 'ForedraftError',
    code: 'model-file-invalid',
    message: expect.stringMatching(
      new RegExp(`${name}.*: (install or )?convert the model again\\.$`),
    ) as string,
  }) as Error;

/** Flips one bit, and keeps the file's times if asked to. */
function flip(name: string, at: number, keepTimes = false): void {
  const { atime, mtime } = fs.statSync(inFolder(name));
  // Times with fractions of milliseconds can't be set again.
  fs.utimesSync(inFolder(name), atime, mtime);
  const content = fs.readFileSync(inFolder(name));
  const index = Math.floor(at * content.length);
  content[index]! ^= 1 << (Math.floor(at * 7919) % 8);
  fs.writeFileSync(inFolder(name), content);
  fs.utimesSync(inFolder(name), atime, keepTimes ? mtime : new Date(mtime.getTime() + 5000));
}

describe('on the first load', () => {
  test('every file of the model is listed, and is fine', async () => {
    expect(Object.keys(manifest.files).sort()).toEqual([...files].sort());
    await verify();
    await verify();
  });

  test('any flipped bit of any file is found', async () => {
    const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...files), place, async (name, at) => {
        flip(name, at);
        await expect(verify()).rejects.toEqual(refusal(name));
        fs.copyFileSync(path.join(original, name), inFolder(name));
      }),
      { numRuns: 60 },
    );
    await verify();
  });

  test.each(files)('%s is refused if shortened, extended, empty, missing or no file', async (name) => {
    const content = fs.readFileSync(inFolder(name));
    for (const changed of [content.subarray(1), content.subarray(0, -1), Buffer.alloc(0)]) {
      fs.writeFileSync(inFolder(name), changed);
      await expect(verify()).rejects.toEqual(refusal(name));
    }
    fs.writeFileSync(inFolder(name), Buffer.concat([content, Buffer.from('\n')]));
    await expect(verify()).rejects.toEqual(refusal(name));
    fs.rmSync(inFolder(name));
    await expect(verify()).rejects.toEqual(refusal(name));
    fs.mkdirSync(inFolder(name));
    await expect(verify()).rejects.toEqual(refusal(name));
    fs.rmdirSync(inFolder(name));
    if (process.platform === 'win32') return;
    execFileSync('mkfifo', [inFolder(name)]);
    await expect(verify()).rejects.toEqual(refusal(name));
  });

  test('the model isn’t loaded', async () => {
    flip('tokenizer.json', 0.5);
    await expect(loadModel(directory, 'cpu')).rejects.toEqual(refusal('tokenizer.json'));
    // Negative control.
    fs.copyFileSync(path.join(original, 'tokenizer.json'), inFolder('tokenizer.json'));
    (await loadModel(directory, 'cpu')).close();
  });

  test('a copy is checked, whatever the record of its original says', async () => {
    flip('model.onnx.data', 0.3, true);
    expect(fs.existsSync(inFolder('verified.json'))).toBe(true);
    await expect(verify()).rejects.toEqual(refusal('model.onnx.data'));
  });

  test('a manifest that leaves a file out, or lists one elsewhere, is refused', async () => {
    for (const name of files) {
      const { [name]: _, ...rest } = manifest.files;
      await expect(verifyFiles(directory, { ...manifest, files: rest }, record)).rejects.toEqual(
        refusal(name),
      );
    }
    for (const name of ['editor-model.onnx', 'editor-operators.onnx.data']) {
      fs.writeFileSync(inFolder(name), 'unlisted');
      await expect(verify()).rejects.toEqual(refusal(name));
      fs.rmSync(inFolder(name));
    }
    for (const outside of ['../model.onnx', '/dev/zero', 'a/b', '..', 'sub/../model.onnx']) {
      const listed = { ...manifest, files: { ...manifest.files, [outside]: 'f'.repeat(64) } };
      await expect(verifyFiles(directory, listed, record)).rejects.toEqual(refusal('model.json'));
    }
  });
});

describe('once verified', () => {
  beforeEach(() => verify());

  test.each(files)('%s is found if changed since, and not if only its time did', async (name) => {
    fs.utimesSync(inFolder(name), new Date(), new Date(Date.now() - 1e7));
    await verify();
    flip(name, 0.7);
    await expect(verify()).rejects.toEqual(refusal(name));
  });

  test.each(files)('%s is found in the background if changed with the same size and time', async (name) => {
    const { mtime } = fs.statSync(inFolder(name));
    fs.utimesSync(inFolder(name), mtime, mtime);
    await verify();
    flip(name, 0.4, true);
    await verify();
    await expect(again()).rejects.toEqual(refusal(name));
    // And then at the next load, too.
    await expect(verify()).rejects.toEqual(refusal(name));
  });

  test('a folder that has got another model meanwhile isn’t damaged', async () => {
    flip('model.onnx', 0.1, true);
    const other = { ...manifest, files: { ...manifest.files, 'model.onnx': 'f'.repeat(64) } };
    fs.writeFileSync(inFolder('model.json'), JSON.stringify(other));
    await again();
    fs.rmSync(directory, { recursive: true });
    await again();
  });

  test('the check pauses between pieces, and ends where a pause throws', async () => {
    let pauses = 0;
    await again(() => Promise.resolve(void (pauses += 1)));
    expect(pauses).toBeGreaterThanOrEqual(files.length);
    flip('tokenizer.json', 0.2, true);
    const stop = new Error('cancelled');
    await expect(again(() => Promise.reject(stop))).rejects.toBe(stop);
  });
});

describe('the record', () => {
  test('saves hashing a file again', async () => {
    await verify();
    const { mtime } = fs.statSync(inFolder('model.onnx'));
    fs.utimesSync(inFolder('model.onnx'), mtime, mtime);
    await verify();
    flip('model.onnx', 0.5, true);
    await verify();
    // Negative control: without it, the change is found.
    fs.rmSync(inFolder('verified.json'));
    await expect(verify()).rejects.toEqual(refusal('model.onnx'));
  });

  test('of a converted model is there from the start', async () => {
    const kept = new VerificationRecord().filesOf(original);
    expect(Object.keys(kept).sort()).toEqual([...files].sort());
    expect(Object.fromEntries(Object.entries(kept).map(([name, { sha256 }]) => [name, sha256]))).toEqual(
      manifest.files,
    );
  });

  test('may be damaged in any way', async () => {
    await verify();
    const whole = fs.readFileSync(inFolder('verified.json'), 'utf8');
    const damaged = fc.oneof(
      fc.string(),
      fc.json(),
      fc.nat(whole.length).map((length) => whole.slice(0, length)),
      fc.constantFrom('null', '[]', '{"": 1}', '\0', whole.replaceAll('"size"', '"sise"')),
    );
    flip('tokenizer.json', 0.6);
    await fc.assert(
      fc.asyncProperty(damaged, async (text) => {
        fs.writeFileSync(inFolder('verified.json'), text);
        await expect(verify()).rejects.toEqual(refusal('tokenizer.json'));
      }),
    );
    fs.copyFileSync(path.join(original, 'tokenizer.json'), inFolder('tokenizer.json'));
    await verify();
    expect(JSON.parse(fs.readFileSync(inFolder('verified.json'), 'utf8'))).toHaveProperty([
      fs.realpathSync(directory),
    ]);
  });

  test('that can’t be written costs time only', async () => {
    fs.rmSync(inFolder('verified.json'));
    fs.mkdirSync(inFolder('verified.json'));
    await verify();
    flip('operators.onnx', 0.5, true);
    await expect(verify()).rejects.toEqual(refusal('operators.onnx'));
    expect(fs.readdirSync(directory).filter((name) => name.includes('.new-'))).toEqual([]);
    const nowhere = new VerificationRecord(path.join(root, 'missing/verified.json'));
    await expect(verify(nowhere)).rejects.toEqual(refusal('operators.onnx'));
  });

  test('of several folders in one file writes nothing into them', async () => {
    fs.rmSync(inFolder('verified.json'));
    const file = path.join(root, 'all.json');
    const shared = new VerificationRecord(file);
    await verify(shared);
    await verifyFiles(original, manifest, shared);
    expect(fs.existsSync(inFolder('verified.json'))).toBe(false);
    // That of the original is in its folder.
    expect(Object.keys(JSON.parse(fs.readFileSync(file, 'utf8')) as object)).toEqual([
      fs.realpathSync(directory),
    ]);
    await verifyAgain(original, manifest, shared, () => Promise.resolve());
    expect(Object.keys(JSON.parse(fs.readFileSync(file, 'utf8')) as object).length).toBe(2);
  });
});
