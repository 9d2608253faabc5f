import { expect, test } from 'vitest';
import { en } from '../../../src-main/messages/en/window.ts';
import { fill, type PluralForms } from '../../../src-main/messages/message.ts';

const polish: PluralForms = {
  one: '{count} token',
  few: '{count} tokeny',
  many: '{count} tokenów',
  other: '{count} tokenu',
};
const russian: PluralForms = {
  one: '{count} токен',
  few: '{count} токена',
  many: '{count} токенов',
  other: '{count} токена',
};
const arabic: PluralForms = {
  zero: 'لا رموز',
  one: 'رمز واحد',
  two: 'رمزان',
  few: '{count} رموز',
  many: '{count} رمزًا',
  other: '{count} رمز',
};

test.each<[string, PluralForms, number, string]>([
  ['en', en['token-count'], 1, '1 token'],
  ['en', en['token-count'], 1200, '1,200 tokens'],
  ['zh-CN', { other: '{count} 个词元' }, 1, '1 个词元'],
  ['pl', polish, 1, '1 token'],
  ['pl', polish, 3, '3 tokeny'],
  ['pl', polish, 5, '5 tokenów'],
  ['pl', polish, 22, '22 tokeny'],
  ['pl', polish, 1.5, '1,5 tokenu'],
  ['ru', russian, 21, '21 токен'],
  ['ru', russian, 2, '2 токена'],
  ['ru', russian, 11, '11 токенов'],
  ['ar-u-nu-latn', arabic, 0, 'لا رموز'],
  ['ar-u-nu-latn', arabic, 1, 'رمز واحد'],
  ['ar-u-nu-latn', arabic, 2, 'رمزان'],
  ['ar-u-nu-latn', arabic, 3, '3 رموز'],
  ['ar-u-nu-latn', arabic, 11, '11 رمزًا'],
  ['ar-u-nu-latn', arabic, 100, '100 رمز'],
])('%s: %j with %d is "%s"', (locale, forms, count, text) => {
  expect(fill(locale, forms, { count })).toBe(text);
});

test('a category without a form falls back to other', () => {
  expect(fill('pl', { other: '{count} tokenów' }, { count: 3 })).toBe('3 tokenów');
});

test('a value that is missing leaves its place', () => {
  expect(fill('en', '{name}: {count}', { count: 2 })).toBe('{name}: 2');
});
