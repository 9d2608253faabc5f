import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutBefore, firstCharacters } from '../../src-main/contract/graphemes.ts';
import { titleFrom } from '../../src-main/contract/title.ts';

describe('a text is cut between characters', () => {
  test.each([
    ['word', 'x', 3],
    ['emoji', '😀', 5],
    ['rare Chinese characters', '𠮷', 5],
    ['a joined family', '👨‍👩‍👧‍👦', 25],
    ['a flag', '🇩🇪', 10],
    ['a skin tone', '👍🏽', 6],
    ['a keycap', '1\uFE0F\u20E3', 7],
    ['marks', 'e\u0323\u0302', 7],
    ['Hangul letters', '\u1112\u1161\u11ab', 8],
    ['a Devanagari syllable', 'नि', 5],
    ['a Tamil syllable', 'நி', 5],
    ['Thai', 'กำ', 5],
    ['a line end', '\r\n', 5],
    ['a variation', '❤\uFE0F', 3],
  ])('of %s', (_what, character, limit) => {
    const text = character.repeat(60);
    for (let units = Math.max(limit, character.length); units < 60; units++) {
      expect(cutBefore(text, units)).toBe(units - (units % character.length));
    }
  });

  test('or between code points where one character is longer than the limit', () => {
    expect(cutBefore('e' + '\u0301'.repeat(100), 20)).toBe(20);
    expect(cutBefore('👨‍👩‍👧‍👦', 4)).toBe(3);
    expect(cutBefore('😀😀', 3)).toBe(2);
  });

  test('as the segmenter has it, at every limit', () => {
    const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
    const unit = fc.constantFrom(
      'a',
      '\u0301',
      '\u200D',
      '👩',
      '🇩',
      '🏽',
      '\uFE0F',
      'क',
      '्',
      '\r',
      '\n',
      '한',
      '字',
    );
    fc.assert(
      fc.property(
        fc.string({ unit, minLength: 1, maxLength: 30 }),
        fc.integer({ min: 2, max: 40 }),
        (text, limit) => {
          const starts = [...segmenter.segment(text)].map(({ index }) => index);
          const expected = [...starts, text.length].filter((place) => place > 0 && place <= limit).at(-1);
          const cut = cutBefore(text, limit);
          if (expected === undefined) expect(limit - cut).toBeLessThanOrEqual(1);
          else expect(cut).toBe(expected);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

test.each([
  ['abc', 2, 'ab'],
  ['😀😀😀', 2, '😀😀'],
  ['a👨‍👩‍👧‍👦b', 5, 'a'],
  ['a👨‍👩‍👧‍👦b', 8, 'a👨‍👩‍👧‍👦'],
  ['ae\u0301', 2, 'a'],
  ['', 5, ''],
])('of %j, the first %i code points are %j', (text, count, expected) => {
  expect(firstCharacters(text, count)).toBe(expected);
});

test.each(['👨‍👩‍👧‍👦', 'e\u0323\u0302', '🇩🇪', '\u1112\u1161\u11ab', '👍🏽'])(
  'a title never holds a part of %j',
  (character) => {
    for (let before = 60; before < 82; before++) {
      const title = titleFrom(`${'x'.repeat(before)}${character.repeat(9)}`);
      expect(title).toMatch(new RegExp(`^x+(?:${character})*…?$`, 'u'));
    }
  },
);
