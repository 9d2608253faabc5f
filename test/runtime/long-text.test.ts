import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadTokenizer } from '../../src-main/runtime/tokenizer.ts';
import { defaultModelDirectory } from './default-model.ts';

const tokenizer = loadTokenizer(path.join(defaultModelDirectory, 'tokenizer.json'));

/** `length` units of `unit` over and over. */
const repeated = (unit: string, length: number) =>
  unit.repeat(Math.ceil(length / unit.length)).slice(0, length);

const units: Readonly<Record<string, string>> = {
  prose: 'The quick brown fox, 12 years old, said: "I don’t know!"\n',
  'one letter': 'a',
  'the alphabet': 'abcdefghijklmnopqrstuvwxyz',
  'mixed case': 'aQzXjKwVbPfYgM',
  digits: '0123456789',
  spaces: ' ',
  tabs: '\t',
  'line ends': '\n\n \r\n',
  'words and blank lines': 'word\n\n   \n',
  punctuation: '!?;:,.',
  rules: '#=-',
  base64: 'aGVsbG8gd29ybGQ/IQ+ab12',
  'comma-separated values': '12.5;3,25;"x"\n',
  contractions: "don't we'll",
  apostrophes: "'s't're",
  Chinese: '春天来了我们去看海',
  'Chinese with punctuation': '春天来了，我们去看海。',
  Japanese: 'カタカナとひらがな',
  Arabic: 'السلامعليكم',
  Hindi: 'नमस्तेदुनिया',
  accents: 'cafe\u0301',
  emoji: '💥👩‍👩‍👧',
  'lone surrogates': '\ud800a',
  'control characters': 'a\u0004\u0006b',
  'byte order marks': '\ufeff',
  'special tokens': 'word<|im_end|>next',
  'half a special token': '<|im_',
  'no-break spaces': 'a\u00a0b\u2003c',
};

const lengths = [8191, 8193, 16_385, 20_011, 40_009];

describe('a long text has the very same tokens in steps as at once', () => {
  test.each(Object.entries(units))('%s', { timeout: 60_000 }, async (_name, unit) => {
    for (const length of lengths) {
      const text = repeated(unit, length);
      const tokens = await tokenizer.encodeLongText(text);
      const expected = tokenizer.encodeText(text);
      expect(tokens?.length, `${length} units`).toBe(expected.length);
      expect(tokens?.findIndex((token, index) => token !== expected[index])).toBe(-1);
    }
  });

  test('made of any of these', { timeout: 120_000 }, async () => {
    const run = fc.tuple(fc.constantFrom(...Object.values(units)), fc.integer({ min: 1, max: 9000 }));
    await fc.assert(
      fc.asyncProperty(fc.array(run, { minLength: 1, maxLength: 4 }), async (runs) => {
        const text = runs.map(([unit, length]) => repeated(unit, length)).join('');
        expect(await tokenizer.encodeLongText(text)).toEqual(tokenizer.encodeText(text));
      }),
      { numRuns: 25 },
    );
  });

  test('of any characters', { timeout: 120_000 }, async () => {
    const character = fc.oneof(
      fc.constantFrom(' ', '\n', "'", 'a', 'é', '1', '.', '春'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    );
    const text = fc.array(character, { minLength: 9000, maxLength: 12_000 }).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(text, async (any) => {
        expect(await tokenizer.encodeLongText(any)).toEqual(tokenizer.encodeText(any));
      }),
      { numRuns: 10 },
    );
  });
});

describe('a long text that is too long', () => {
  test.each(Object.entries(units))('is known to be so before it is read: %s', async (_name, unit) => {
    const text = repeated(unit, 20_000);
    const { length } = tokenizer.encodeText(text);
    expect(await tokenizer.encodeLongText(text, length)).toHaveLength(length);
    if (length > 0) expect(await tokenizer.encodeLongText(text, length - 1)).toBeUndefined();
  });

  test('and short texts keep to the limit, too', async () => {
    expect(await tokenizer.encodeLongText('one two three', 3)).toHaveLength(3);
    expect(await tokenizer.encodeLongText('one two three', 2)).toBeUndefined();
  });
});

test(
  'a million characters without a break give way to other work all along',
  { timeout: 60_000 },
  async () => {
    for (const unit of ['a', 'abcdefghijklmnopqrstuvwxyz', '春天来了我们去看海']) {
      let turns = 0;
      let running = true;
      const count = () => {
        turns += 1;
        if (running) setImmediate(count);
      };
      count();
      const tokens = await tokenizer.encodeLongText(repeated(unit, 999_001));
      running = false;
      expect(tokens?.length).toBeGreaterThan(200_000);
      expect(turns).toBeGreaterThan(100);
    }
  },
);
