import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold } from '../../src-main/contract/fold.ts';

describe('texts are equal in a search', () => {
  test.each([
    ['case', 'Dark NEWS', 'dark news'],
    ['accents', 'Crème brûlée', 'creme brulee'],
    ['composition', 'cafe\u0301', 'café'],
    ['order of marks', 'e\u0301\u0323', 'e\u0323\u0301'],
    ['Turkish capital dotted i', 'İstanbul', 'istanbul'],
    ['Turkish dotless i', 'ISPARTA', 'ısparta'],
    ['Turkish, composed', 'DİYARBAKIR', 'diyarbakır'],
    ['German sharp s', 'Straße', 'STRASSE'],
    ['German capital sharp s', 'STRAẞE', 'strasse'],
    ['Greek final sigma', 'ΟΔΥΣΣΕΥΣ', 'Οδυσσεύς'],
    ['Greek sigma typed in the middle', 'οδοσ', 'οδός'],
    ['Greek breathings', 'Ὀδός', 'οδος'],
    ['Greek iota subscript', 'τῷ', 'τω'],
    ['Vietnamese tones', 'Tiếng Việt', 'tieng viet'],
    ['Vietnamese đ', 'Đà Nẵng', 'da nang'],
    ['Vietnamese, decomposed', 'Đà Nẵng'.normalize('NFD'), 'đà nẵng'],
    ['Polish', 'Łódź', 'lodz'],
    ['Scandinavian', 'SMØRREBRØD på Ærø', 'smorrebrod pa aero'],
    ['Icelandic', 'Þingvellir, Ísafjörður', 'thingvellir, isafjordur'],
    ['French ligature', 'cœur', 'coeur'],
    ['typographic ligature', 'ﬁnal oﬃce', 'final office'],
    ['Cyrillic case', 'ПРИВЕТ', 'привет'],
    ['Cyrillic yo', 'Ёлка', 'елка'],
    ['Cyrillic stress mark', 'за\u0301мок', 'замок'],
    ['Armenian', 'ԵՐԵՎԱՆ', 'երեվան'],
    ['Georgian capitals', 'ᲗᲑᲘᲚᲘᲡᲘ', 'თბილისი'],
    ['Hangul', '한국어'.normalize('NFD'), '한국어'],
    ['full-width letters', 'Ｆｏｒｅｄｒａｆｔ１２', 'foredraft12'],
    ['half-width katakana', 'ｶﾞｷﾞｸﾞ', 'ガギグ'],
    ['kinds of kana', 'トウキョウ', 'とうきょう'],
    ['decomposed kana', 'か\u3099', 'が'],
    ['kana without a small counterpart', 'ヷ', 'わ\u3099'],
    ['Hebrew points', 'שָׁלוֹם', 'שלום'],
    ['Arabic vowel marks', 'مُحَمَّد', 'محمد'],
    ['Arabic alef with hamza', 'أحمد', 'احمد'],
    ['Arabic tatweel', 'عـــربي', 'عربي'],
    ['Devanagari nukta', '\u0958', 'क\u093C'],
    ['invisible characters', 'Donau\u00ADdampf\u200Bschiff\uFEFF', 'donaudampfschiff'],
    ['emoji style', '❤\uFE0F', '❤'],
    ['white space', 'new\u00A0\u3000york\n', 'new york '],
    ['quotes', 'don’t “go”', 'don\'t "go"'],
    ['symbols', 'K Å ½', 'k a 1⁄2'],
  ])('that differ in %s', (_what, one, other) => {
    expect(fold(one)).toBe(fold(other));
  });
});

describe('texts differ in a search', () => {
  test.each([
    ['voiced kana', 'はは', 'ばば'],
    ['small kana', 'つ', 'っ'],
    ['Devanagari vowel signs', 'कि', 'कु'],
    ['Thai vowels', 'ที', 'ทุ'],
    ['Hangul syllables', '하', '한'],
    ['Chinese characters', '写作', '翻译'],
    ['letters', 'cafe', 'cape'],
    ['digits', '42', '43'],
    ['signs', 'c++', 'c#'],
  ])('that differ in %s', (_what, one, other) => {
    expect(fold(one)).not.toBe(fold(other));
  });
});

test('folding any form of a text gives the same, and folding it again changes nothing', () => {
  const forms = ['NFC', 'NFD', 'NFKC', 'NFKD'] as const;
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom(...forms), (text, form) => {
      expect(fold(text.normalize(form))).toBe(fold(text));
      expect(fold(fold(text))).toBe(fold(text));
    }),
    { numRuns: 2000 },
  );
});

test('a part of a text is found in any case', () => {
  const words = fc.array(
    fc.constantFrom('Straße', 'İzmir', 'ΟΔΟΣ', 'Đà', 'ガス', 'café', '写作', 'Ｗｏｒｄ'),
    {
      minLength: 1,
    },
  );
  fc.assert(
    fc.property(words, fc.nat(), (parts, number) => {
      const word = parts[number % parts.length]!;
      for (const typed of [word.toUpperCase(), word.toLowerCase(), word.normalize('NFD')]) {
        expect(fold(parts.join(' '))).toContain(fold(typed));
      }
    }),
  );
});
