import { maximumAnswerTokens } from '../../../src-main/contract/generation.ts';
import type { StrategyKind } from '../../../src-main/contract/strategy.ts';
import { descriptionOf, strategyKinds } from '../../../src-main/contract/strategy.ts';
import type { Control, NumberControl } from '../../../src-main/contract/strategy/setting.ts';

/** A setting of a strategy as a form shows it. */
export interface Field<Of extends Control = Control> {
  /** The same for settings that share what is typed, whatever strategy they belong to. */
  readonly name: string;
  /** Its name in the strategy. */
  readonly setting: string;
  readonly control: Of;
}

/** The fields of a strategy, in the order of its description. */
export function fieldsOf(kind: StrategyKind): readonly Field[] {
  return Object.entries(descriptionOf(kind).settings).map(([setting, { field = setting, control }]) => ({
    name: field,
    setting,
    control,
  }));
}

/** The option for a number instead of the keyword of a field. */
export const fixed = 'fixed';

/** The options of a field, as text, and the initial one; undefined if it has no options. */
export function choiceOf(
  control: Control,
): { readonly options: readonly string[]; readonly initial: string } | undefined {
  switch (control.type) {
    case 'number': {
      const { keyword } = control;
      return keyword === undefined ? undefined : { options: [keyword, fixed], initial: keyword };
    }
    case 'choice':
    case 'token-strategy':
      return { options: control.values.map(String), initial: String(control.initial) };
    case 'model':
      return { options: [], initial: '' };
    case 'words':
      return undefined;
  }
}

export function isNumber(field: Field): field is Field<NumberControl> {
  return field.control.type === 'number';
}

/** Whether a field is on or off. */
export function isSwitch({ control }: Field): boolean {
  return control.type === 'choice' && control.values.every((value) => typeof value === 'boolean');
}

/** The maximum length of an answer, in tokens, which is not part of the strategy. */
export const maxTokensField: Field<NumberControl> = {
  name: 'maxTokens',
  setting: 'maxTokens',
  control: {
    type: 'number',
    range: { minimum: 1, maximum: maximumAnswerTokens, step: 64, whole: true },
    initial: 1,
  },
};

/** The control of every number field, by its name. */
export const numberControls: Readonly<Record<string, NumberControl>> = Object.fromEntries(
  [maxTokensField, ...strategyKinds.flatMap(fieldsOf).filter(isNumber)].map(({ name, control }) => [
    name,
    control,
  ]),
);

/** Why the text of a field is no value of its setting. */
export type Fault = 'empty' | 'not-a-number' | 'not-whole' | 'out-of-range';

/** What is wrong with `text` as the value of `control`; null if nothing is. */
export function faultOf({ range, initial }: NumberControl, text: string): Fault | null {
  const trimmed = text.trim();
  if (trimmed === '') return initial === undefined ? null : 'empty';
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(trimmed)) return 'not-a-number';
  const value = Number(trimmed);
  if (value < range.minimum || value > range.maximum) return 'out-of-range';
  return range.whole === true && !Number.isInteger(value) ? 'not-whole' : null;
}
