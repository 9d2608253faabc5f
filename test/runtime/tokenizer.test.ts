import fs from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Tokenizer } from '../../src-main/runtime/tokenizer.ts';
import { loadTokenizer } from '../../src-main/runtime/tokenizer.ts';
import { vocabularyOf } from '../../src-main/runtime/token-text.ts';
import { defaultModelDirectory } from './default-model.ts';

interface Lines {
  readonly lines: readonly string[];
  readonly ids: readonly (readonly number[])[];
}

const fixture = path.join(import.meta.dirname, '../reference/tokenizer-lines.json.gz');
const { lines, ids } = JSON.parse(gunzipSync(fs.readFileSync(fixture)).toString()) as Lines;

let tokenizer: Tokenizer;

beforeAll(() => {
  tokenizer = loadTokenizer(path.join(defaultModelDirectory, 'tokenizer.json'));
});

/** The lines whose tokens aren't the reference's, with both. */
function differences(encode: (text: string) => readonly number[]): unknown[] {
  return lines.flatMap((line, index) => {
    const expected = ids[index] ?? [];
    const found = encode(line);
    const same = found.length === expected.length && found.every((id, place) => id === expected[place]);
    return same ? [] : [{ line, expected, found }];
  });
}

describe("the default model's tokenizer", () => {
  test("reads 5,000 varied lines as Python's tokenizers does", () => {
    expect(lines.length).toBe(5000);
    expect(new Set(lines).size).toBe(5000);
    expect(differences((line) => tokenizer.encode(line)).slice(0, 5)).toEqual([]);
  });
});
