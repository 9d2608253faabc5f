import type { LanguageTag } from '../contract/languages.ts';
import type { LanguagePack } from './language-pack.ts';

const modules = import.meta.glob<LanguagePack>('./*/language.ts', { eager: true, import: 'default' });

/** The language of the folder `tag`. */
export function languagePack(tag: LanguageTag): LanguagePack {
  const pack = modules[`./${tag}/language.ts`];
  if (!pack) throw new Error(`src-main/messages/${tag} has no language.ts.`);
  return pack;
}
