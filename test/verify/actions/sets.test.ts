import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import { actionLanguages, measuredActions } from '../../../src-main/contract/rewrite/action-figures.ts';
import { scoredText } from './action-report.ts';
import { allSets, casesOf, rewriteActionOf, setsFolder } from './sets.ts';
import { unitsOf } from './word-edits.ts';

/** Least passages of a set. Chinese verbs have no tense. */
const least = { en: 60, zh: 30 } as const;
const withoutTense = new Set(['past', 'present']);

const offered = (text: string) => ({ text, withheld: false, ms: 1 });

test.each(
  actionLanguages.flatMap((language) =>
    measuredActions
      .filter((action) => language === 'en' || !withoutTense.has(action))
      .map((action) => [action, language] as const),
  ),
)('the set of %s in %s is large enough', (action, language) => {
  const size = casesOf(action, language).length;
  console.log(`${action} ${language}: ${size} passages`);
  expect(size).toBeGreaterThanOrEqual(least[language]);
});

test('every file is a set of an action', () => {
  const read = new Set(
    allSets().map(([one]) => one!.action.replace(/past|present/, 'tense') + `-${one!.language}.txt`),
  );
  expect(
    fs
      .readdirSync(setsFolder)
      .filter((name) => name.endsWith('.txt'))
      .sort(),
  ).toEqual([...read].sort());
});

test('no passage is there twice, nor nearly so', () => {
  const passages = allSets()
    .filter(([one]) => one!.action !== 'present')
    .flat()
    .map(({ action, source }) => ({
      action,
      source,
      words: unitsOf(source.toLowerCase()).filter((word) => /^\p{L}/u.test(word)),
    }));
  const faults: string[] = [];
  for (const [index, one] of passages.entries())
    for (const other of passages.slice(index + 1))
      if (overlap(one.words, other.words) > 0.75)
        faults.push(`${one.action}: ${one.source}\n${other.action}: ${other.source}`);
  expect(faults).toEqual([]);
});

/** The share of the shorter text's pairs of neighbouring words that the other one has. */
function overlap(one: readonly string[], other: readonly string[]): number {
  const [first, second] = [one, other].map(
    (words) => new Set(words.slice(1).map((word, at) => `${words[at]!} ${word}`)),
  );
  const fewer = Math.min(first!.size, second!.size);
  if (fewer < 2) return one.join(' ') === other.join(' ') ? 1 : 0;
  return [...first!].filter((pair) => second!.has(pair)).length / fewer;
}

test('near-duplicates are found (negative control)', () => {
  const words = (text: string) => text.split(' ');
  expect(
    overlap(words('the old bridge needs repair soon'), words('the old bridge needs repair now')),
  ).toBeGreaterThan(0.75);
  expect(overlap(words('the old bridge needs repair'), words('a new bridge was built'))).toBe(0);
});

describe.each(allSets().map((cases) => [`${cases[0]!.action} ${cases[0]!.language}`, cases] as const))(
  'of %s',
  (_, cases) => {
    test('references are exact, and checks reject the passage as it is', () => {
      for (const one of cases) {
        if (one.references.length === 0) {
          expect(scoredText(one, offered(one.source)).fault, one.source).not.toBeNull();
          continue;
        }
        for (const reference of one.references) {
          const { exact, harm, fault } = scoredText(one, offered(reference));
          expect({ exact, harm, fault }, reference).toEqual({ exact: true, harm: null, fault: null });
        }
      }
    });

    test('fields are filled', () => {
      for (const { source, references, keep, not } of cases) {
        for (const text of [source, ...references, ...keep.flat(), ...not]) expect(text.trim()).toBe(text);
        for (const text of [source, ...references, ...keep.flat(), ...not]) expect(text).not.toBe('');
        // What the passage doesn't have can't be kept, unless another word for it is listed.
        for (const entry of keep)
          expect(
            entry.some((word) => source.includes(word)),
            `${source}: ${entry.join('/')}`,
          ).toBe(true);
        for (const word of not) expect(source.toLowerCase(), word).toContain(word.toLowerCase());
      }
    });
  },
);

test('every action has an instruction', () => {
  for (const action of measuredActions) expect(rewriteActionOf(action).instruction).toMatch(/:$/);
});
