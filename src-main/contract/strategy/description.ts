import * as v from 'valibot';
import type { Setting } from './setting.ts';

/** Headings that a chooser lists strategies under, in order. */
export const strategyGroups = ['recommended', 'tokens', 'speculation', 'searches'] as const;
export type StrategyGroup = (typeof strategyGroups)[number];

export type Settings = Readonly<Record<string, Setting>>;
type Entries<Of extends Settings> = { readonly [Name in keyof Of]: ReturnType<Of[Name]['schema']> };
/** What the settings of a strategy are once defaults are filled in. */
type Values<Of extends Settings> = Readonly<v.InferOutput<v.StrictObjectSchema<Entries<Of>, undefined>>>;

/** What settings can't be together, each of them being valid. */
export interface Rule<Name extends string = string, Given = never> {
  /** The settings that `holds` reads; a form shows the conflict next to the first. */
  readonly between: readonly [Name, ...Name[]];
  holds(values: Given): boolean;
  readonly message: string;
  /** Names the message in the window; absent if a form can't cause the conflict. */
  readonly conflict?: string;
}

/** Everything about a kind of strategy but how it decodes: all that shows, parses or lists strategies derives from it. */
interface Description<Of extends Settings, Rules> {
  readonly group: StrategyGroup;
  /** One line of the command line's help. */
  readonly summary: string;
  /** Settings of strategies that the help shows. */
  readonly examples: readonly Readonly<Partial<v.InferInput<v.StrictObjectSchema<Entries<Of>, undefined>>>>[];
  /** In the order in which a form shows them. */
  readonly settings: Of;
  readonly rules: Rules;
  /** Settings worth a column for each of several values, the default first. */
  readonly sweep: readonly (keyof Of & string)[];
  /** Whether the text depends on a seed: that of the strategy, or else of its policy. */
  draws(values: Values<Of>): boolean;
  /** Whether a setting has an effect, given the others; default yes. A seed has one if the strategy samples. */
  applies?(name: keyof Of & string, values: Values<Of>): boolean;
  /** For searches: the settings that make a search return its `count` best hypotheses. */
  withBest?(values: Values<Of>, count: number): Partial<Values<Of>>;
}

/** The description of a strategy, with the schema that follows from it. */
export function describe<
  const Kind extends string,
  Of extends Settings,
  const Rules extends readonly Rule<keyof Of & string, Values<Of>>[],
>(kind: Kind, description: Description<Of, Rules>) {
  const entries = Object.fromEntries(
    Object.entries(description.settings).map(([name, { schema }]) => [name, schema(name)]),
  ) as Entries<Of>;
  const brokenRule = (values: Values<Of>) => description.rules.find((rule) => !rule.holds(values));
  const schema = v.pipe(
    v.strictObject({ kind: v.literal(kind), ...entries }),
    v.check(
      (values) => brokenRule(values) === undefined,
      ({ input }) => brokenRule(input)?.message ?? '',
    ),
  );
  return { ...description, kind, schema };
}

/** The description of any strategy: methods must be given values of its kind. */
export interface StrategyDescription extends Description<Settings, readonly Rule<string, object>[]> {
  readonly kind: string;
  draws(values: object): boolean;
  applies?(name: string, values: object): boolean;
  withBest?(values: object, count: number): object;
}
