import { languagePack } from '../../../src-main/messages/languages.ts';
import type { LanguagePack } from '../../../src-main/messages/language-pack.ts';
import { fill, type MessageKey, type Parameters } from '../../../src-main/messages/message.ts';
import { numberFormat } from '../../../src-main/messages/number-format.ts';
import { chosenLanguage, type LanguageTag } from '../../../src-main/contract/languages.ts';
import type { Settings } from '../../../src-main/contract/settings.ts';

/** The language of the window: messages, numbers and percentages. */
export class Language {
  readonly #setting: () => Settings['language'];
  readonly #system: string;
  readonly locale: LanguageTag = $derived.by(() => chosenLanguage(this.#setting(), this.#system));
  readonly pack: LanguagePack = $derived.by(() => languagePack(this.locale));

  constructor(setting: () => Settings['language'], system: string) {
    this.#setting = setting;
    this.#system = system;
  }

  /** The message `key` in this language; `parameters` fill its {places}. */
  text<Key extends MessageKey>(key: Key, ...parameters: Parameters<Key>): string {
    return fill(this.locale, this.pack.messages[key], parameters[0] ?? {});
  }

  /** The name of an option of the language setting; a language's name is in that language. */
  nameOf(setting: Settings['language']): string {
    return setting === 'system' ? this.text('language-system') : languagePack(setting).name;
  }

  /** A number with exactly `digits` decimals. */
  number(value: number, digits = 0): string {
    const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    return numberFormat(this.locale, options).format(value).replace('-', '−');
  }

  /** A number with all of its decimals, as a setting is entered. */
  decimal(value: number): string {
    return numberFormat(this.locale, { maximumFractionDigits: 20 }).format(value);
  }

  /** A number, however small, with two significant digits. */
  rounded(value: number): string {
    return numberFormat(this.locale, { maximumSignificantDigits: 2 }).format(value);
  }

  /** A share from 0 to 1 as a whole percentage. */
  percent(share: number): string {
    return numberFormat(this.locale, { style: 'percent' }).format(share);
  }

  /** A share from 0 to 1, however small, as a percentage with two significant digits. */
  roundedPercent(share: number): string {
    return numberFormat(this.locale, { style: 'percent', maximumSignificantDigits: 2 }).format(share);
  }
}
