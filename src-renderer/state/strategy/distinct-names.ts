import { isSpeculation, type Strategy } from '../../../src-main/contract/strategy.ts';
import type { PlainMessageKey } from '../../../src-main/messages/message.ts';
import { choiceLabel, numberLabel, optionLabel } from '../../messages/setting-keys.ts';
import type { Language } from '../shell/language.svelte.ts';
import { settingsKey } from './equal-strategies.ts';
import { type Field, fieldsOf } from './strategy-fields.ts';
import { strategyName } from './strategy-name.ts';
import { type WordSettings, wordTexts } from './word-settings.ts';

/** A setting of a strategy or of its policy. */
interface NamedSetting {
  readonly field: Field;
  readonly value: unknown;
}

/**
 * Names for strategies listed side by side: two different strategies never have the same one. Each is the strategy's
 * name, with the settings that tell it apart from those of the same name.
 */
export function distinctNames(language: Language, strategies: readonly Strategy[]): readonly string[] {
  const keys = strategies.map((strategy) => settingsKey(strategy));
  const short = strategies.map((strategy) => strategyName(language, strategy));
  const named = strategies.map((strategy, place) => {
    const alike = strategies.filter((_, other) => short[other] === short[place]);
    return differingSettings(language, strategy, alike).reduce(
      (name, setting) => language.text('strategy-with-setting', { strategy: name, setting }),
      short[place] ?? '',
    );
  });
  return numbered(named, keys);
}

/** The texts of the settings in which `strategy` differs from any of `alike`. */
function differingSettings(language: Language, strategy: Strategy, alike: readonly Strategy[]): string[] {
  const others = alike.map(settingsOf);
  return [...settingsOf(strategy)].flatMap(([path, { field, value }]) => {
    const same = others.every((settings) => settingsKey(settings.get(path)?.value) === settingsKey(value));
    return same ? [] : (settingText(language, field, value) ?? []);
  });
}

/** The settings of a strategy and of its policy that it has, in the order of its description, by their paths. */
function settingsOf(strategy: Strategy): ReadonlyMap<string, NamedSetting> {
  const values: Readonly<Record<string, unknown>> = { ...strategy };
  const own = fieldsOf(strategy.kind).flatMap((field) => {
    const value = values[field.setting];
    const isLeftOut = value === undefined || field.control.type === 'token-strategy';
    return isLeftOut ? [] : [[field.setting, { field, value }] as const];
  });
  const policy = isSpeculation(strategy) ? settingsOf(strategy.policy) : [];
  return new Map([...own, ...[...policy].map(([path, named]) => [`policy.${path}`, named] as const)]);
}

/** A setting with its value; null for a switch that is off, which those that are on differ from. */
function settingText(language: Language, field: Field, value: unknown): string | null {
  const { control, setting } = field;
  if (typeof value === 'number') {
    const name = inSentence(language.text(numberLabel(field)));
    return language.text('setting-with-number', { name, value: language.decimal(value) });
  }
  if (control.type === 'words') {
    const { banned, forced, bias } = wordTexts({ [setting]: value } as WordSettings);
    const name = inSentence(language.text(wordLabels[setting as keyof WordSettings]));
    return language.text('setting-with-choice', {
      name,
      value: (banned + forced + bias).replaceAll('\n', ' / '),
    });
  }
  const name = inSentence(language.text(choiceLabel(field)));
  if (typeof value === 'boolean' && control.type === 'choice' && control.values.length === 2)
    return value ? name : null;
  const option = String(value);
  const chosen = control.type === 'model' ? option : language.text(optionLabel(field, option));
  return language.text('setting-with-choice', { name, value: chosen });
}

const wordLabels = {
  bannedWords: 'words-banned',
  forcedWords: 'words-forced',
  logitBias: 'words-bias',
} as const satisfies Record<keyof WordSettings, PlainMessageKey>;

/** A label within a sentence: without its capital, unless it starts with an abbreviation. */
function inSentence(label: string): string {
  return label.replace(/^\p{Lu}(?=\p{Ll}|-)/u, (first) => first.toLowerCase());
}

/** `names` with a number where one is taken by an earlier strategy that has another key. */
function numbered(names: readonly string[], keys: readonly string[]): readonly string[] {
  const owners = new Map<string, string>();
  return names.map((name, place) => {
    const key = keys[place] ?? '';
    for (let number = 1; ; number++) {
      const candidate = number === 1 ? name : `${name} (${number})`;
      const owner = owners.get(candidate) ?? key;
      owners.set(candidate, owner);
      if (owner === key) return candidate;
    }
  });
}
