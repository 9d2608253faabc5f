import fs from 'node:fs';
import { expect, test } from 'vitest';
import { keepSpellCheck, spellCheckLanguageIn } from '../../src-main/spell-check.ts';
import { newFile } from '../database/temporary-folder.ts';

test('what was set holds from the next start on, and nothing is on by itself', () => {
  const file = newFile();
  expect(spellCheckLanguageIn(file)).toBeUndefined();
  keepSpellCheck(file, { spellCheck: true, spellCheckLanguage: 'de' });
  expect(spellCheckLanguageIn(file)).toBe('de');
  keepSpellCheck(file, { spellCheck: false, spellCheckLanguage: 'de' });
  expect(fs.existsSync(file)).toBe(false);
  expect(spellCheckLanguageIn(file)).toBeUndefined();
});

test('a broken file turns nothing on', () => {
  const file = newFile();
  for (const text of ['', '{', '{"language":"../../x"}', '[]']) {
    fs.writeFileSync(file, text);
    expect(spellCheckLanguageIn(file)).toBeUndefined();
  }
});
