import * as v from 'valibot';
import { strategySchema } from './strategy.ts';
import { defaultAnswerTokens, maximumAnswerTokens } from './generation.ts';

export const themes = ['system', 'light', 'dark'] as const;
export const languages = ['system', 'en', 'zh-CN'] as const;

export const settingsSchema = v.strictObject({
  theme: v.picklist(themes),
  language: v.picklist(languages),
  strategy: strategySchema,
  maxTokens: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maximumAnswerTokens)),
});

/** What a person has set; kept in the database. */
export type Settings = Readonly<v.InferOutput<typeof settingsSchema>>;

export const defaultSettings: Settings = {
  theme: 'system',
  language: 'system',
  strategy: { kind: 'auto', policy: { kind: 'greedy' } },
  maxTokens: defaultAnswerTokens,
};
