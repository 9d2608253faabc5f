import { expect, test } from 'vitest';
import { Language } from '../../../src-renderer/state/shell/language.svelte.ts';

const english = new Language(() => 'en', 'en');

test.each([
  [0.7, '0.7'],
  [0.1 + 0.2, '0.30000000000000004'],
  [0.0004, '0.0004'],
  [40, '40'],
  [4294967295, '4,294,967,295'],
])('a setting of %d is shown as it was set', (value, shown) => {
  expect(english.decimal(value)).toBe(shown);
});

test.each([
  [0.000012345, '0.000012'],
  [0.25, '0.25'],
  [1.337, '1.3'],
])('a difference of %d is never shown as none', (value, shown) => {
  expect(english.rounded(value)).toBe(shown);
});

test.each([
  ['zh-TW', 'zh-CN'],
  ['zh', 'zh-CN'],
  ['de-AT', 'en'],
])('the system language %s gives %s', (system, locale) => {
  expect(new Language(() => 'system', system).locale).toBe(locale);
});
