import { describe, expect, test } from 'vitest';
import { matchingCommands } from '../../../src-renderer/state/shell/commands.ts';

const commands = ['New conversation', 'Theme: Dark', 'Theme: Light', 'Open “Dark news”', 'Write'].map(
  (name) => ({
    id: name,
    name,
    run: () => undefined,
  }),
);
const namesFor = (query: string) => matchingCommands(commands, query).map(({ name }) => name);

describe('commands', () => {
  test('are all listed for an empty query', () => {
    expect(namesFor('  ')).toEqual(commands.map(({ name }) => name));
  });

  test('match every word, in any order and case', () => {
    expect(namesFor('dark THEME')).toEqual(['Theme: Dark']);
    expect(namesFor('dark')).toEqual(['Theme: Dark', 'Open “Dark news”']);
  });

  test('that start with the query come first', () => {
    expect(namesFor('new')).toEqual(['New conversation', 'Open “Dark news”']);
    expect(namesFor('w')[0]).toBe('Write');
  });

  test('may have no match', () => {
    expect(namesFor('banana')).toEqual([]);
  });
});
