import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { TokenId } from '../../src-main/engine/model.ts';
import { rawPromptParts } from '../../src-main/runtime/prompt-part.ts';
import type { Tokenizer } from '../../src-main/runtime/tokenizer.ts';
import { loadTokenizer, vocabularyOf } from '../../src-main/runtime/tokenizer.ts';
import { defaultModelDirectory } from './default-model.ts';

interface Lines {
  readonly lines: readonly string[];
  readonly ids: readonly (readonly number[])[];
}

const fixture = path.join(import.meta.dirname, '../reference/tokenizer-lines.json.gz');
const { lines, ids } = JSON.parse(gunzipSync(fs.readFileSync(fixture)).toString()) as Lines;
const tokenizerFile = path.join(defaultModelDirectory, 'tokenizer.json');
/** Characters with bytes that the model has no token for, which are lost. */
// eslint-disable-next-line no-control-regex -- these control characters are the point
const withoutTokens = /[\x04\x06\x13\x14\x16\x1d\u{40000}-\u{bffff}]/u;
const isPlain = (text: string) => !withoutTokens.test(text);

let tokenizer: Tokenizer;

beforeAll(() => {
  tokenizer = loadTokenizer(tokenizerFile);
});

/** The lines whose tokens differ from the reference's, with both. */
function differences(encode: (text: string) => readonly number[]): unknown[] {
  return lines.flatMap((line, index) => {
    const expected = ids[index] ?? [];
    const found = encode(line);
    const same = found.length === expected.length && found.every((id, place) => id === expected[place]);
    return same ? [] : [{ line, expected, found }];
  });
}

function textOf(tokens: readonly TokenId[]): string {
  const decoder = vocabularyOf(tokenizer).textDecoder();
  return tokens.map((token) => decoder.add(token)).join('');
}

/** Tokens of a prompt whose author writes control tokens too, as the reference reads every line. */
function raw(one: Tokenizer, prompt: string): TokenId[] {
  return one.encodePrompt(rawPromptParts(prompt, one.controlTokens));
}

/** Loads the default tokenizer.json after `change` was made to its parsed content. */
function loadChanged(change: (content: Record<string, unknown>) => void): Tokenizer {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-tokenizer-'));
  try {
    const content = JSON.parse(fs.readFileSync(tokenizerFile, 'utf8')) as Record<string, unknown>;
    change(content);
    const file = path.join(directory, 'tokenizer.json');
    fs.writeFileSync(file, JSON.stringify(content));
    return loadTokenizer(file);
  } finally {
    fs.rmSync(directory, { recursive: true });
  }
}

describe("the default model's tokenizer", () => {
  test("reads 5,000 varied lines as Python's tokenizers does", () => {
    expect(lines.length).toBe(5000);
    expect(new Set(lines).size).toBe(5000);
    expect(differences((line) => raw(tokenizer, line)).slice(0, 5)).toEqual([]);
  });

  test('without splitting digits it reads some of them differently (negative control)', () => {
    const changed = loadChanged((content) => {
      content['pre_tokenizer'] = { type: 'ByteLevel', add_prefix_space: false, use_regex: true };
    });
    expect(differences((line) => raw(changed, line)).length).toBeGreaterThan(100);
  });

  test('with half of its merges it reads many of them differently (negative control)', () => {
    const changed = loadChanged((content) => {
      const model = content['model'] as { merges: unknown[] };
      model.merges = model.merges.slice(0, model.merges.length / 2);
    });
    expect(differences((line) => raw(changed, line)).length).toBeGreaterThan(500);
  });

  test('round-trips every line, byte for byte, with special tokens as text', () => {
    const plain = lines.filter(isPlain);
    expect(plain.length).toBeGreaterThan(3500);
    for (const line of plain) expect(textOf(tokenizer.encodeText(line))).toBe(line);
  });

  test('round-trips any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        fc.pre(isPlain(text));
        expect(textOf(tokenizer.encodeText(text))).toBe(text);
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  test('reads special tokens as one token that adds no text', () => {
    const tokens = raw(tokenizer, '<|im_start|>user\n<|im_end|>');
    expect([tokens[0], tokens.at(-1)]).toEqual([1, 2]);
    expect(tokenizer.text(1 as TokenId)).toBe('<|im_start|>');
    expect(textOf(tokens)).toBe('user\n');
  });

  test('handles tokens named like properties of every object', () => {
    const words = ['constructor', 'prototype', '__proto__'];
    const changed = loadChanged((content) => {
      const model = content['model'] as { vocab: object };
      const added = words.map((word, index) => [word, 50_000 + index] as const);
      model.vocab = Object.fromEntries([...Object.entries(model.vocab), ...added]);
    });
    const texts = words.map((_, index) => changed.text((50_000 + index) as TokenId));
    expect(texts).toEqual(words);
  });

  test('shows a part of a character as U+FFFD, and a token without an entry as nothing', () => {
    const [first] = tokenizer.encodeText('𐄧');
    expect(tokenizer.text(first ?? (0 as TokenId))).toContain('\ufffd');
    expect(tokenizer.text(1_000_000 as TokenId)).toBe('');
    expect(tokenizer.bytes(1_000_000 as TokenId).length).toBe(0);
  });
});

test.each([
  ['a byte order mark', (text: string) => Buffer.from(`\uFEFF${text}`)],
  ['two of them', (text: string) => Buffer.from(`\uFEFF\uFEFF${text}`)],
  ['Windows line ends', (text: string) => Buffer.from(`{\r\n${text.slice(1)}\r\n`)],
  ['UTF-16', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
])('a tokenizer.json with %s is read as it is without', (_name, encode) => {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-tokenizer-'));
  const file = path.join(directory, 'tokenizer.json');
  fs.writeFileSync(file, encode(fs.readFileSync(tokenizerFile, 'utf8')));
  const marked = loadTokenizer(file);
  for (const text of ['The tide is out.', '春天来了 é\n\tx', '<|im_end|>'])
    expect(marked.encodeText(text)).toEqual(tokenizer.encodeText(text));
  fs.rmSync(directory, { recursive: true });
});

describe('a bad tokenizer.json', () => {
  test('that is missing names the file', () => {
    expect(() => loadTokenizer('/nowhere/tokenizer.json')).toThrow('/nowhere/tokenizer.json');
  });

  test.each([
    ['another kind of model', { model: { type: 'Unigram', vocab: {}, merges: [] } }, 'model-unsupported'],
    ['another decoder', { decoder: { type: 'Metaspace' } }, 'model-unsupported'],
    ['no vocabulary', { model: { type: 'BPE', merges: [] } }, 'model-file-invalid'],
    [
      'a token that is no number',
      { model: { type: 'BPE', vocab: { a: 'b' }, merges: [] } },
      'model-file-invalid',
    ],
    ['an unknown pre-tokenizer', { pre_tokenizer: { type: 'Nonsense' } }, 'model-unsupported'],
  ])('with %s is rejected', (_name, part, code) => {
    expect(() => loadChanged((content) => Object.assign(content, part))).toThrow(
      expect.objectContaining({ code }),
    );
  });

  test('that is not JSON is rejected', () => {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-tokenizer-'));
    const file = path.join(directory, 'tokenizer.json');
    fs.writeFileSync(file, '{"model":');
    expect(() => loadTokenizer(file)).toThrow(expect.objectContaining({ code: 'model-file-invalid' }));
    fs.rmSync(directory, { recursive: true });
  });
});
