import type en from './messages/en/native.ts';
import { chosenLanguage } from './contract/languages.ts';
import type { Settings } from './contract/settings.ts';

/** Text outside the page: the application menu, and the message box of a failed start. */
export type NativeWords = Readonly<Record<keyof typeof en, string>>;

/** By path. Only these words of a language are bundled into the main process. */
const modules = import.meta.glob<NativeWords>('./messages/*/native.ts', {
  eager: true,
  import: 'default',
});

/** The words in the chosen language. @param system the system's language, as a BCP 47 tag */
export function nativeWords(setting: Settings['language'], system: string): NativeWords {
  const language = chosenLanguage(setting, system);
  const words = modules[`./messages/${language}/native.ts`];
  if (!words) throw new Error(`src-main/messages/${language} has no native.ts.`);
  return words;
}
