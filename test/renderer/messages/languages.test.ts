import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { closestLanguage, languageTags } from '../../../src-main/contract/languages.ts';
import { nativeWords } from '../../../src-main/native-words.ts';
import { languagePack } from '../../../src-main/messages/languages.ts';
import type { PluralForms } from '../../../src-main/messages/message.ts';

const folder = path.join(import.meta.dirname, '../../../src-main/messages');
const folders = fs
  .readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

test('every folder of messages is a language, and every language has its folder', () => {
  expect([...languageTags].sort()).toEqual(folders.sort());
});

/** Messages whose plural forms aren't exactly those of the language `tag`. */
function wrongForms(tag: string, messages: Readonly<Record<string, string | PluralForms>>): string[] {
  const categories = [...new Intl.PluralRules(tag).resolvedOptions().pluralCategories].sort();
  return Object.entries(messages)
    .filter(([, message]) => typeof message !== 'string')
    .filter(([, message]) => String(Object.keys(message).sort()) !== String(categories))
    .map(([key]) => key);
}

describe.each(languageTags)('%s', (tag) => {
  const pack = languagePack(tag);

  test('has exactly the plural categories of Intl.PluralRules', () => {
    expect(wrongForms(tag, pack.messages)).toEqual([]);
  });
  test('has words for the application menu', () => {
    expect(Object.values(nativeWords(tag, 'en')).filter((word) => word.trim() === '')).toEqual([]);
  });
  test('is the closest language to itself', () => {
    expect(closestLanguage(tag, languageTags)).toBe(tag);
  });
  test('names an encoding that the window can read', () => {
    expect(() => new TextDecoder(pack.legacyEncoding)).not.toThrow();
  });
});

test('a missing and a superfluous plural form are detected', () => {
  const count = { one: '{count} token', other: '{count} tokens' };
  expect(wrongForms('en', { count })).toEqual([]);
  expect(wrongForms('zh-CN', { count })).toEqual(['count']);
  expect(wrongForms('pl', { count })).toEqual(['count']);
});

test.each([
  ['zh-TW', ['en', 'zh-CN'], 'zh-CN'],
  ['zh-TW', ['en', 'zh-CN', 'zh-Hant'], 'zh-Hant'],
  ['pt', ['pt-PT', 'pt-BR'], 'pt-BR'],
  ['pt-AO', ['pt-PT', 'en'], 'pt-PT'],
  ['de-AT', ['en', 'zh-CN'], 'en'],
  ['', ['zh-CN'], 'en'],
  ['C', ['zh-CN'], 'en'],
])('for the system language "%s", the closest of %j is %s', (system, tags, closest) => {
  expect(closestLanguage(system, tags)).toBe(closest);
});
