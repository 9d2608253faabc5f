import * as v from 'valibot';

/** The range of a number, both ends included. */
export interface SettingRange {
  readonly minimum: number;
  readonly maximum: number;
  /** Step of the arrow keys in a form. */
  readonly step: number;
  /** Whole numbers only; default any. */
  readonly whole?: boolean;
}

export interface NumberControl {
  readonly type: 'number';
  readonly range: SettingRange;
  /** What an untouched field holds; default nothing: the field may be empty. */
  readonly initial?: number | undefined;
  /** Whether the setting is left out of the strategy while its field is untouched or empty; default no. */
  readonly optional?: boolean;
  /** The heading that a form folds it under; default none: it is always shown. */
  readonly section?: string;
  /** The word that may take the place of a number. */
  readonly keyword?: string;
}

/** How a form edits a setting. */
export type Control =
  | NumberControl
  /** One of a few values; a switch if they are true and false. */
  | {
      readonly type: 'choice';
      readonly values: readonly (string | boolean)[];
      readonly initial: string | boolean;
      /** Whether the setting is left out of the strategy at its initial value; default no. */
      readonly optional?: boolean;
    }
  /** The id of an installed model, or none. */
  | { readonly type: 'model' }
  /** The kind of a strategy for single tokens, with that strategy's settings. */
  | { readonly type: 'token-strategy'; readonly values: readonly string[]; readonly initial: string }
  /** Lists of words, edited together. */
  | { readonly type: 'words' };

/** One setting of a strategy. */
export interface Setting<Schema extends v.ObjectEntries[string] = v.ObjectEntries[string]> {
  /** The schema of the setting, whose messages call it `name`. */
  readonly schema: (name: string) => Schema;
  readonly control: Control;
  /**
   * What forms and their messages call it; default: as the strategy does. Needed where two strategies have a setting
   * of one name with different ranges or defaults.
   */
  readonly field?: string | undefined;
}

/** A number with a default. */
export function number(range: SettingRange, standard: number, field?: string) {
  return {
    schema: (name: string) => v.optional(numberWithin(name, range), standard),
    control: { type: 'number', range, initial: standard } as const,
    field,
  };
}

/** A number that may be left out. */
export function optionalNumber(range: SettingRange, shown: Pick<NumberControl, 'initial' | 'section'>) {
  return {
    schema: (name: string) => v.exactOptional(numberWithin(name, range)),
    control: { type: 'number', range, optional: true, ...shown } as const,
  };
}

/** A number, or `keyword` by default. `initial` is what a form offers once the keyword is given up. */
export function numberOr<const Keyword extends string>(
  keyword: Keyword,
  range: SettingRange,
  initial: number,
) {
  return {
    schema: (name: string) =>
      v.optional(v.union([v.literal(keyword), numberWithin(name, range)]), () => keyword),
    control: { type: 'number', range, initial, keyword } as const,
  };
}

/** One of `values`. */
export function choice<const Value extends string | boolean>(
  values: readonly Value[],
  standard: NoInfer<Value>,
  field?: string,
) {
  return {
    schema: (_name: string) => v.optional(v.union(values.map((value) => v.literal(value))), () => standard),
    control: { type: 'choice', values, initial: standard } as const,
    field,
  };
}

/**
 * Whether a text ends once it only repeats itself (`loopAtEnd`). Off unless it is set: the tokens before that end are
 * the same either way.
 */
export const stopAtLoops = {
  schema: (_name: string) => v.exactOptional(v.boolean()),
  control: { type: 'choice', values: [true, false], initial: false, optional: true } as const,
};

export const maxSeed = 4_294_967_295;

/** The seed of the engine's noise. */
export const seed = number({ minimum: 0, maximum: maxSeed, step: 1, whole: true }, 0);

/** A number within `range`; the message names the setting and what it may be, the parser adds what it is. */
export function numberWithin(name: string, { minimum, maximum, whole = false }: SettingRange) {
  const message = `${name} must be a ${whole ? 'whole ' : ''}number from ${minimum} to ${maximum}`;
  return v.pipe(
    v.number(message),
    v.check((value) => value >= minimum && value <= maximum && (!whole || Number.isInteger(value)), message),
  );
}
