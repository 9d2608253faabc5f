import * as v from 'valibot';
import { defaultAnswerTokens, maximumAnswerTokens } from './generation.ts';
import { strategySchema } from './strategy.ts';
import { usableEntries } from './usable-entries.ts';

/** Maximum number of answers generated per question. */
export const maximumVersions = 8;

export const answerSettingsSchema = v.strictObject({
  strategy: strategySchema,
  /** Answers per question, each with a different seed; one if the strategy doesn't sample. */
  versions: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maximumVersions)),
  /** As in GenerationRequest. */
  maxTokens: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maximumAnswerTokens)),
});

/** How the answers of a conversation are generated. */
export type AnswerSettings = Readonly<v.InferOutput<typeof answerSettingsSchema>>;

export const defaultAnswerSettings: AnswerSettings = {
  strategy: { kind: 'auto', policy: { kind: 'greedy', stopAtLoops: true } },
  versions: 1,
  maxTokens: defaultAnswerTokens,
};

/** The settings in a stored object; the default of each that is missing or that this version can't use. */
export function answerSettingsFrom(stored: unknown): AnswerSettings {
  const values = typeof stored === 'object' && stored !== null ? (stored as Record<string, unknown>) : {};
  return v.parse(answerSettingsSchema, {
    ...defaultAnswerSettings,
    ...usableEntries(answerSettingsSchema.entries, values),
  });
}
