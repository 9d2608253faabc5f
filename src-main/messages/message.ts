import { numberFormat } from './number-format.ts';
import type { en } from './en/window.ts';

/**
 * A text that depends on {count}: one form for each plural category of its language, as listed by
 * Intl.PluralRules. Every language has `other`; English also has `one`, Arabic all six.
 */
export type PluralForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

export type MessageKey = keyof typeof en;
/**
 * `Words` in another language: the same messages, with plural forms where English has them. Where English has
 * one text although it mentions a {count}, another language may still need forms.
 */
export type Translated<Words> = {
  readonly [Key in keyof Words]: Words[Key] extends string
    ? 'count' extends Places<Words[Key]>
      ? string | PluralForms
      : string
    : PluralForms;
};
/** All messages of a language. */
export type Dictionary = Translated<typeof en>;

type Places<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Places<Rest> : never;
type PlacesOf<Message> = Message extends string
  ? Places<Message>
  : Message extends { readonly other: infer Other }
    ? Places<Other> | 'count'
    : never;
type Values<Names extends string> = { readonly [Name in Names]: string | number };
/** The arguments of message `Key`: none, or one object with a value for each of its {places}. */
export type Parameters<Key extends MessageKey> = [PlacesOf<(typeof en)[Key]>] extends [never]
  ? []
  : [values: Values<PlacesOf<(typeof en)[Key]>>];

/** A message without {places}. */
export type PlainMessageKey = {
  [Key in MessageKey]: Parameters<Key> extends [] ? Key : never;
}[MessageKey];

/** `message` with its {places} filled in and its numbers formatted for `locale`. */
export function fill(
  locale: string,
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

function pluralForm(locale: string, forms: PluralForms, count: string | number | undefined): string {
  return forms[new Intl.PluralRules(locale).select(Number(count))] ?? forms.other;
}
