import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isConverted } from '../../scripts/set-up/is-converted.mjs';
import { convert } from '../../src-main/convert/convert.ts';
import { modelFormatVersion } from '../../src-main/runtime/manifest.ts';
import { sha256OfFile } from '../../src-main/runtime/file-hash.ts';
import { writeGguf } from '../fakes/gguf-writer.ts';
import { tinyAdapter } from '../fakes/tiny-adapter.ts';
import { tinyLlama } from '../fakes/tiny-llama.ts';

let folder: string;
/** Hashes of two adapters. */
let one: string;
let other: string;
const place = (name: string) => path.join(folder, name);

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-is-converted-'));
  const source = place('tiny.gguf');
  writeGguf(source, tinyLlama());
  const target = await sha256OfFile(source);
  writeGguf(place('one.gguf'), tinyAdapter(target));
  writeGguf(place('other.gguf'), tinyAdapter(target, { seed: 2 }));
  [one, other] = [await sha256OfFile(place('one.gguf')), await sha256OfFile(place('other.gguf'))];
  await convert({ source, target: place('stock'), precision: 'float32' });
  await convert({ source, target: place('adapted'), precision: 'float32', adapter: place('one.gguf') });
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

test('a folder is converted again for another format, adapter, or no model', () => {
  expect(isConverted(place('stock'), modelFormatVersion, null)).toBe(true);
  expect(isConverted(place('stock'), modelFormatVersion, one)).toBe(false);
  expect(isConverted(place('stock'), modelFormatVersion + 1, null)).toBe(false);
  expect(isConverted(place('adapted'), modelFormatVersion, one)).toBe(true);
  expect(isConverted(place('adapted'), modelFormatVersion, other)).toBe(false);
  expect(isConverted(place('adapted'), modelFormatVersion, null)).toBe(false);
  expect(isConverted(place('adapted'), modelFormatVersion - 1, one)).toBe(false);
  expect(isConverted(place('nowhere'), modelFormatVersion, null)).toBe(false);
  for (const text of ['', 'null', '[]', '{', '{"formatVersion":"2"}']) {
    fs.mkdirSync(place('damaged'), { recursive: true });
    fs.writeFileSync(path.join(place('damaged'), 'model.json'), text);
    expect(isConverted(place('damaged'), modelFormatVersion, null)).toBe(false);
  }
});
