import fs from 'node:fs';
import * as v from 'valibot';
import type { Settings } from './contract/settings.ts';
import { spellCheckLanguages } from './contract/settings.ts';

const storedSchema = v.object({ language: v.picklist(spellCheckLanguages) });

/**
 * The spell-check language for this run, or undefined if spell check is off. It has its own file because network
 * access is decided before the database is open.
 */
export function spellCheckLanguageIn(file: string): Settings['spellCheckLanguage'] | undefined {
  try {
    return v.parse(storedSchema, JSON.parse(fs.readFileSync(file, 'utf8'))).language;
  } catch {
    return undefined;
  }
}

/** Stores the settings in `file` for the next start. A failure emits a warning, and leaves spell check unchanged. */
export function storeSpellCheck(
  file: string,
  { spellCheck, spellCheckLanguage }: Pick<Settings, 'spellCheck' | 'spellCheckLanguage'>,
): void {
  try {
    if (spellCheck) fs.writeFileSync(file, JSON.stringify({ language: spellCheckLanguage }));
    else fs.rmSync(file, { force: true });
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : String(error));
  }
}
