import { expect, test } from 'vitest';
import { passageLanguage } from '../../../src-main/contract/rewrite/passage-language.ts';

test.each([
  ['The cups are broken.', 'en'],
  ['杯子碎了。', 'zh'],
  ['请打开 Excel 表格，然后保存。', 'zh'],
  ['The word 你好 means hello.', 'en'],
  ['I', 'en'],
  ['好', 'zh'],
  ['Das Haus ist groß.', 'en'],
  ["c'est l'été", 'en'],
  ['**Important:** read `a.txt`', 'en'],
  ['- 牛奶\n- 面包', 'zh'],
  ['這是繁體字。', 'zh'],
  ['Дом большой.', null],
  ['これは漢字です。', null],
  ['日本語のテキスト', null],
  ['한국어 문장입니다.', null],
  ['مرحبا بالعالم', null],
  ['Москва is big, and so is London.', 'en'],
  ['12:30', null],
  ['', null],
  ['🙂🙂', null],
  [' \n', null],
] as const)('%j: %s', (text, language) => {
  expect(passageLanguage(text)).toBe(language);
});
