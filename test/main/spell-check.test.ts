import fs from 'node:fs';
import { expect, test } from 'vitest';
import { storeSpellCheck, spellCheckLanguageIn } from '../../src-main/spell-check.ts';
import { newFile } from '../database/temporary-folder.ts';

test('the setting takes effect at the next start, and the default is off', () => {
  const file = newFile();
  expect(spellCheckLanguageIn(file)).toBeUndefined();
  storeSpellCheck(file, { spellCheck: true, spellCheckLanguage: 'de' });
  expect(spellCheckLanguageIn(file)).toBe('de');
  storeSpellCheck(file, { spellCheck: false, spellCheckLanguage: 'de' });
  expect(fs.existsSync(file)).toBe(false);
  expect(spellCheckLanguageIn(file)).toBeUndefined();
});

test('a corrupt file leaves spell check off', () => {
  const file = newFile();
  for (const text of ['', '{', '{"language":"../../x"}', '[]']) {
    fs.writeFileSync(file, text);
    expect(spellCheckLanguageIn(file)).toBeUndefined();
  }
});
