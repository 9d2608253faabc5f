import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { languageTags } from '../../../src-main/contract/languages.ts';
import { languagePack } from '../../../src-main/messages/languages.ts';
import { en } from '../../../src-main/messages/en/window.ts';
import { fill, type PluralForms } from '../../../src-main/messages/message.ts';
import { englishWords } from '../../../src-main/report/chart/words.ts';
import { derivedKeys, settingKeys } from './derived-keys.ts';
import { visibleText } from './visible-text.ts';

const renderer = path.join(import.meta.dirname, '../../../src-renderer');
const files = fs
  .readdirSync(renderer, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(ts|svelte)$/.test(file))
  .map((file) => ({ file, source: fs.readFileSync(path.join(renderer, file), 'utf8') }));
const components = files.filter(({ file }) => file.endsWith('.svelte'));

const textOf = (message: string | PluralForms) =>
  typeof message === 'string' ? message : Object.values(message).join(' ');
const placesOf = (message: string | PluralForms) =>
  [...new Set(textOf(message).match(/\{\w+\}/g) ?? [])].sort();

/** Keys that occur in none of the sources. */
function unused(keys: readonly string[], sources: readonly string[]): string[] {
  return keys.filter((key) => !sources.some((source) => source.includes(`'${key}'`)));
}
/** Keys of one dictionary that the other lacks, or whose {places} differ. */
function differing(one: Record<string, string | PluralForms>, other: Record<string, string | PluralForms>) {
  return Object.entries(one).flatMap(([key, message]) => {
    const counterpart = other[key];
    if (counterpart === undefined) return [`${key} is missing`];
    return String(placesOf(message)) === String(placesOf(counterpart)) ? [] : [`${key} has other places`];
  });
}

describe.each(languageTags.map((tag) => [tag, languagePack(tag).messages] as const))(
  '%s',
  (tag, dictionary) => {
    test('has every message of English with the same places, and no other', () => {
      expect(differing(en, dictionary)).toEqual([]);
      expect(differing(dictionary, en)).toEqual([]);
    });

    test('has no empty message', () => {
      expect(Object.entries(dictionary).filter(([, message]) => textOf(message).trim() === '')).toEqual([]);
    });

    test('fills every place of every message', () => {
      for (const [key, message] of Object.entries(dictionary)) {
        const values = Object.fromEntries(placesOf(message).map((place) => [place.slice(1, -1), 2]));
        expect([key, fill(tag, message, { count: 2, ...values })]).not.toEqual([
          key,
          expect.stringMatching(/[{}]/),
        ]);
      }
    });
  },
);

test('a missing message and different places are detected', () => {
  expect(differing({ a: 'x', b: '{n} x' }, { b: 'x' })).toEqual(['a is missing', 'b has other places']);
});

test('every message is used', () => {
  const derived = derivedKeys();
  expect(
    unused(
      Object.keys(en).filter((key) => !derived.has(key)),
      files.map(({ source }) => source),
    ),
  ).toEqual([]);
  expect(unused(['send', 'no-such-message'], ["language.text('send')"])).toEqual(['no-such-message']);
});

test('every setting of every strategy has messages', () => {
  expect(settingKeys().filter((key) => !(key in en))).toEqual([]);
  expect(settingKeys().length).toBeGreaterThan(80);
});

test('charts have the same English words in the window as in exported files', () => {
  for (const [word, text] of Object.entries(englishWords)) expect(en).toHaveProperty(`chart-${word}`, text);
});

test('no component contains visible text', () => {
  expect(components.length).toBeGreaterThan(20);
  const found = components.flatMap(({ file, source }) =>
    visibleText(source).map((text) => `${file}: ${text}`),
  );
  expect(found).toEqual([]);
});

test.each([
  ['<p>Hello</p>', 'Hello'],
  ['<p>{"Hello"}</p>', 'Hello'],
  ['<p>{x ? "Yes" : y}</p>', 'Yes'],
  ['<p>{`${x} words`}</p>', 'words'],
  ['<button aria-label="Send">{x}</button>', 'Send'],
  ['<input placeholder={x || "Write"} />', 'Write'],
  ['{#if x}<b>保存</b>{/if}', '保存'],
])('visible text in %s is detected', (source, text) => {
  expect(visibleText(source)).toEqual([text]);
});
