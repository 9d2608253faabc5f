import type en from '../src-renderer/messages/en/native.ts';
import { chosenLanguage } from './contract/languages.ts';
import type { Settings } from './contract/settings.ts';

/** What the system shows for Foredraft outside of its page: the application menu, and the box of a failed start. */
export type NativeWords = Readonly<Record<keyof typeof en, string>>;

/** By path. Of a language's folder only these words are bundled here. */
const modules = import.meta.glob<NativeWords>('../src-renderer/messages/*/native.ts', {
  eager: true,
  import: 'default',
});

/** The words of the language that was set. @param system the system's language, as a BCP 47 tag */
export function nativeWords(setting: Settings['language'], system: string): NativeWords {
  const language = chosenLanguage(setting, system);
  const words = modules[`../src-renderer/messages/${language}/native.ts`];
  if (!words) throw new Error(`src-renderer/messages/${language} has no native.ts.`);
  return words;
}
