import type { Locale } from './locale.ts';
import { numberFormat } from './number-format.ts';
import type { en } from './en/window.ts';

/** A text that depends on {count}; which forms a language uses is Intl.PluralRules' to say. */
export interface PluralForms {
  readonly one?: string;
  readonly other: string;
}

export type MessageKey = keyof typeof en;
/** What every language must have: each message, as one text or as plural forms like the English one. */
export type Dictionary = {
  readonly [Key in MessageKey]: (typeof en)[Key] extends string ? string : PluralForms;
};

type Places<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Places<Rest> : never;
type PlacesOf<Message> = Message extends string
  ? Places<Message>
  : Message extends { readonly other: infer Other }
    ? Places<Other> | 'count'
    : never;
type Values<Names extends string> = { readonly [Name in Names]: string | number };
/** The values that message `Key` needs: none, or one object with every {place} of it. */
export type Parameters<Key extends MessageKey> = [PlacesOf<(typeof en)[Key]>] extends [never]
  ? []
  : [values: Values<PlacesOf<(typeof en)[Key]>>];

/** `message` with its {places} filled in; numbers are written the way of `locale`. */
export function fill(
  locale: Locale,
  message: string | PluralForms,
  values: Readonly<Record<string, string | number>>,
): string {
  const text = typeof message === 'string' ? message : pluralForm(locale, message, values['count']);
  return text.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name];
    if (value === undefined) return place;
    return typeof value === 'number' ? numberFormat(locale).format(value) : value;
  });
}

function pluralForm(locale: Locale, forms: PluralForms, count: string | number | undefined): string {
  const rule = new Intl.PluralRules(locale).select(Number(count));
  return rule === 'one' ? (forms.one ?? forms.other) : forms.other;
}
