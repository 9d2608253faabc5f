import * as v from 'valibot';
import { ForedraftError } from './error.ts';

/** Ranges of the sampling settings, both ends included; the form beside a field shows the same ones. */
export const samplingRanges = {
  temperature: { minimum: 0.01, maximum: 5, step: 0.05 },
  topK: { minimum: 0, maximum: 1000, step: 1 },
  topP: { minimum: 0.01, maximum: 1, step: 0.01 },
  minP: { minimum: 0, maximum: 0.99, step: 0.01 },
  repetitionPenalty: { minimum: 0.5, maximum: 2, step: 0.01 },
  seed: { minimum: 0, maximum: 4294967295, step: 1 },
} as const;

type SamplingSetting = keyof typeof samplingRanges;

function within(name: SamplingSetting, whole: boolean) {
  const { minimum, maximum } = samplingRanges[name];
  const message = `${name} must be a ${whole ? 'whole ' : ''}number from ${minimum} to ${maximum}`;
  return v.pipe(
    v.number(message),
    v.check((value) => value >= minimum && value <= maximum && (!whole || Number.isInteger(value)), message),
  );
}

const greedySchema = v.strictObject({ kind: v.literal('greedy') });

const samplingSchema = v.strictObject({
  kind: v.literal('sampling'),
  temperature: v.optional(within('temperature', false), 0.7),
  /** Keep the k most likely tokens; 0 keeps all. */
  topK: v.optional(within('topK', true), 40),
  topP: v.optional(within('topP', false), 0.95),
  minP: v.optional(within('minP', false), 0),
  repetitionPenalty: v.optional(within('repetitionPenalty', false), 1),
  seed: v.optional(within('seed', true), 0),
});

export const strategySchema = v.variant('kind', [greedySchema, samplingSchema]);

/** How the next token is chosen. Illegal combinations can't be written. */
export type Strategy = Readonly<v.InferOutput<typeof strategySchema>>;
export type SamplingStrategy = Extract<Strategy, { kind: 'sampling' }>;
/** What a person or a file writes: settings left out take their defaults. */
export type StrategyInput = Readonly<v.InferInput<typeof strategySchema>>;

/**
 * The strategy that `input` describes, with defaults filled in.
 * @throws ForedraftError `settings-invalid`, naming the first setting at fault.
 */
export function parseStrategy(input: unknown): Strategy {
  const parsed = v.safeParse(strategySchema, input);
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0];
  const path = v.getDotPath(issue) ?? 'strategy';
  const unknownKey = issue.type === 'strict_object' && issue.expected === 'never';
  const kinds = 'greedy or sampling';
  const message = unknownKey
    ? `strategy has no setting ${path}: remove it`
    : path === 'kind' || path === 'strategy'
      ? `strategy needs a kind, one of ${kinds}, not ${issue.received}`
      : `strategy: ${issue.message}, not ${issue.received}`;
  throw new ForedraftError('settings-invalid', message, { setting: path });
}
