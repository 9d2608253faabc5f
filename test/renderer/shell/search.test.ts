import { describe, expect, test } from 'vitest';
import { matching } from '../../../src-renderer/state/compare/list.ts';
import { matchingCommands } from '../../../src-renderer/state/shell/commands.ts';
import { containsAll, wordsOf } from '../../../src-renderer/state/shell/search.ts';
import { comparison, summaryOf } from '../compare/sample-comparison.ts';

/** A name, and a search that finds it. */
const searches = [
  ['Open “İstanbul notes”', 'istanbul'],
  ['Open “Notizen zur Straße”', 'STRASSE notizen'],
  ['Open “Cafe\u0301 menu”', 'café'],
  ['Open “Đà Nẵng”', 'nang da'],
  ['Open “ガイド”', 'がいど'],
  ['Open “한국어”'.normalize('NFD'), '한국어'],
  ['打开“Ｑ４计划”', 'q4计划'],
] as const;

describe.each(searches)('%j is found by %j', (name, query) => {
  test('among commands', () => {
    const commands = [name, 'Other'].map((each) => ({ id: each, name: each, run: () => undefined }));
    expect(matchingCommands(commands, query).map((command) => command.name)).toEqual([name]);
  });

  test('among comparisons', () => {
    const comparisons = [name, 'Other'].map((each) => summaryOf(comparison([], { id: each, name: each })));
    const found = matching(comparisons, { search: query, starredOnly: false, tag: null });
    expect(found.map((each) => each.name)).toEqual([name]);
  });
});

test('every word has to occur', () => {
  expect(containsAll('one two', wordsOf('TWO one'))).toBe(true);
  expect(containsAll('one two', wordsOf('one three'))).toBe(false);
  expect(containsAll('one two', wordsOf(' \u3000'))).toBe(true);
});
