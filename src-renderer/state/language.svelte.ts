import { dictionaries } from '../messages/dictionaries.ts';
import type { Locale } from '../messages/locale.ts';
import { fill, type MessageKey, type Parameters } from '../messages/message.ts';
import type { Settings } from '../../src-main/contract/settings.ts';

/** The language of the window: its words, numbers and dates. */
export class Language {
  readonly #setting: () => Settings['language'];
  readonly #system: string;
  readonly locale: Locale = $derived.by(() => this.#choose());

  constructor(setting: () => Settings['language'], system: string) {
    this.#setting = setting;
    this.#system = system;
  }

  #choose(): Locale {
    const setting = this.#setting();
    if (setting !== 'system') return setting;
    return this.#system.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
  }

  /** The message `key` in this language; `parameters` fill its {places}. */
  text<Key extends MessageKey>(key: Key, ...parameters: Parameters<Key>): string {
    return fill(this.locale, dictionaries[this.locale][key], parameters[0] ?? {});
  }

  /** A number with `digits` decimals and this language's separators. */
  number(value: number, digits = 0): string {
    const format = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    return new Intl.NumberFormat(this.locale, format).format(value).replace('-', '−');
  }

  /** A number as it was set: no more decimals than it has, three at most. */
  decimal(value: number): string {
    return new Intl.NumberFormat(this.locale, { maximumFractionDigits: 3 }).format(value);
  }
}
