import fs from 'node:fs';
import * as v from 'valibot';
import type { Settings } from './contract/settings.ts';
import { spellCheckLanguages } from './contract/settings.ts';

const keptSchema = v.object({ language: v.picklist(spellCheckLanguages) });

/**
 * The language that is to be checked from this start on, or undefined where nobody has turned that on. It lies
 * in a file of its own: what the network lets through is settled before the database can be opened.
 */
export function spellCheckLanguageIn(file: string): Settings['spellCheckLanguage'] | undefined {
  try {
    return v.parse(keptSchema, JSON.parse(fs.readFileSync(file, 'utf8'))).language;
  } catch {
    return undefined;
  }
}

/** Keeps in `file` what the settings say, for the next start; where that fails spelling isn't checked. */
export function keepSpellCheck(
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
