import { expect, test } from 'vitest';
import { Language } from '../../../src-renderer/state/shell/language.svelte.ts';

const english = new Language(() => 'en', 'en');

test.each([
  [0.7, '0.7'],
  [0.1 + 0.2, '0.30000000000000004'],
  [0.0004, '0.0004'],
  [40, '40'],
  [4294967295, '4,294,967,295'],
])('a setting of %d is shown with all of its decimals', (value, shown) => {
  expect(english.decimal(value)).toBe(shown);
});

test.each([
  [0.000012345, '0.000012'],
  [0.25, '0.25'],
  [1.337, '1.3'],
])('a difference of %d is never shown as zero', (value, shown) => {
  expect(english.rounded(value)).toBe(shown);
});

test('a share is formatted as a percentage of the language', () => {
  const german = Intl.NumberFormat('de', { style: 'percent' }).format(0.5);
  expect(english.percent(0.314)).toBe('31%');
  expect(english.roundedPercent(0.000031)).toBe('0.0031%');
  expect(new Language(() => 'zh-CN', 'en').percent(1)).toBe('100%');
  // German puts a space before the sign.
  expect(german).not.toBe(english.percent(0.5));
});

test.each([
  ['zh-TW', 'zh-CN'],
  ['zh', 'zh-CN'],
  ['de-AT', 'en'],
])('the system language %s gives %s', (system, locale) => {
  expect(new Language(() => 'system', system).locale).toBe(locale);
});
