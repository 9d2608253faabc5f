import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GgufFile } from '../../src-main/convert/gguf-file.ts';
import { metadataKeys } from '../../src-main/convert/metadata-keys.ts';
import type { MetadataValue } from '../fakes/gguf-writer.ts';
import { ggufBytes } from '../fakes/gguf-writer.ts';
import { tinyLlama } from '../fakes/tiny-llama.ts';

let folder: string;
let file: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-keys-'));
  file = path.join(folder, 'model.gguf');
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

const opened = async (bytes: Uint8Array) => {
  fs.writeFileSync(file, bytes);
  (await GgufFile.open(file)).close();
};

/** The model's bytes with the key `key` twice, the second time with the value `value`. */
function withTwo(key: string, value: MetadataValue): Buffer {
  const model = tinyLlama();
  const other = `${key.slice(0, -1)}~`;
  model.metadata[other] = value;
  const bytes = ggufBytes(model);
  bytes.write(key, bytes.indexOf(other), 'utf8');
  return bytes;
}

describe('a file with two values of one key is refused by the key', () => {
  test.each(Object.keys(tinyLlama().metadata))('%s', async (key) => {
    for (const value of [1, 'other', true, { float: 0.5 }, ['a', 'b']] as const) {
      await expect(opened(withTwo(key, value))).rejects.toMatchObject({
        code: 'model-file-invalid',
        message: expect.stringContaining(`two values of ${key}`) as string,
      });
    }
  });

  test.each(['general.name', 'llama.rope.freq_base', 'tokenizer.chat_template', 'vendor.note', 'é.ключ1'])(
    '%s, also if both are the same',
    async (key) => {
      const bytes = (own: string) => {
        const model = tinyLlama();
        model.metadata[key] = 'same';
        model.metadata[own] = 'same';
        return ggufBytes(model);
      };
      const other = `${key.slice(0, -1)}~`;
      const written = bytes(other);
      written.write(key, written.indexOf(other), 'utf8');
      await expect(opened(written)).rejects.toThrow(`two values of ${key}`);
      // Negative control: keys that differ in one character.
      await expect(opened(bytes(other))).resolves.toBeUndefined();
    },
  );
});

test('finds the keys of any file, in their order', () => {
  const value = fc.oneof(
    fc.nat(),
    fc.boolean(),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.record({ float: fc.float({ noNaN: true }) }),
    fc.array(fc.string({ maxLength: 8 }), { maxLength: 30 }),
    fc.array(fc.integer({ min: -1000, max: 1000 }), { maxLength: 30 }),
  );
  const metadata = fc.dictionary(fc.string({ minLength: 1, unit: 'grapheme', maxLength: 30 }), value, {
    maxKeys: 12,
    noNullPrototype: true,
  });
  fc.assert(
    fc.property(metadata, (values) => {
      const bytes = ggufBytes({ metadata: values as Record<string, MetadataValue>, tensors: {} });
      fs.writeFileSync(file, bytes);
      expect(metadataKeys(file)).toEqual(Object.keys(values));
    }),
    { numRuns: 100 },
  );
});

test('a file cut anywhere gives the keys before the cut', () => {
  const bytes = ggufBytes(tinyLlama());
  const keys = Object.keys(tinyLlama().metadata);
  for (let end = 0; end < 700; end += 7) {
    fs.writeFileSync(file, bytes.subarray(0, end));
    const found = metadataKeys(file);
    expect(found).toEqual(keys.slice(0, found.length));
  }
});

describe('skips a value of', () => {
  const key = (text: string) => {
    const bytes = Buffer.alloc(8 + text.length);
    bytes.writeBigUInt64LE(BigInt(text.length));
    bytes.write(text, 8);
    return bytes;
  };
  const u32 = (value: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    return bytes;
  };
  const u64 = (value: number) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(BigInt(value));
    return bytes;
  };
  const headed = (version: number, ...parts: readonly Buffer[]) =>
    Buffer.concat([Buffer.from('GGUF'), u32(version), u64(0), u64(2), ...parts]);
  const long = Buffer.alloc(3 << 20, 'x');

  test.each<readonly [string, Buffer]>([
    ...[0, 1, 7].map((type) => [`type ${type}`, Buffer.concat([u32(type), Buffer.alloc(1)])] as const),
    ...[2, 3].map((type) => [`type ${type}`, Buffer.concat([u32(type), Buffer.alloc(2)])] as const),
    ...[4, 5, 6].map((type) => [`type ${type}`, Buffer.concat([u32(type), Buffer.alloc(4)])] as const),
    ...[10, 11, 12].map((type) => [`type ${type}`, Buffer.concat([u32(type), Buffer.alloc(8)])] as const),
    ['an empty text', Buffer.concat([u32(8), u64(0)])],
    ['a text of 3 MB', Buffer.concat([u32(8), u64(long.length), long])],
    ['a list of bytes', Buffer.concat([u32(9), u32(0), u64(5), Buffer.alloc(5)])],
    ['an empty list', Buffer.concat([u32(9), u32(8), u64(0)])],
    [
      'a list of lists',
      Buffer.concat([u32(9), u32(9), u64(2), u32(2), u64(1), Buffer.alloc(2), u32(8), u64(0)]),
    ],
  ])('%s', (_name, value) => {
    fs.writeFileSync(file, headed(3, key('one'), value, key('two'), u32(7), Buffer.alloc(1)));
    expect(metadataKeys(file)).toEqual(['one', 'two']);
  });

  test('version 1, which counts in 32 bits', () => {
    const text = (value: string) => Buffer.concat([u32(value.length), Buffer.from(value)]);
    const bytes = [u32(0), u32(2), text('one'), u32(8), text('x'), text('two'), u32(4), u32(9)];
    fs.writeFileSync(file, Buffer.concat([Buffer.from('GGUF'), u32(1), ...bytes]));
    expect(metadataKeys(file)).toEqual(['one', 'two']);
  });

  test.each<readonly [string, Buffer]>([
    ['an unknown type', u32(13)],
    ['a text longer than the file', Buffer.concat([u32(8), u64(2 ** 40)])],
    ['a list longer than the file', Buffer.concat([u32(9), u32(4), u64(2 ** 50)])],
  ])('nothing after %s', (_name, value) => {
    fs.writeFileSync(file, headed(3, key('one'), value, key('two'), u32(7), Buffer.alloc(1)));
    expect(metadataKeys(file)).toEqual(['one']);
  });
});
