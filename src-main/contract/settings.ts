import * as v from 'valibot';
import { strategySchema } from './strategy.ts';
import { defaultAnswerTokens, maximumAnswerTokens } from './generation.ts';

export const themes = ['system', 'light', 'dark'] as const;
/** More: lines and text as strong as can be; also where the system asks for it. */
export const contrasts = ['system', 'more'] as const;
export const textSizes = ['small', 'medium', 'large', 'largest'] as const;
export const readingWidths = ['narrow', 'medium', 'wide'] as const;
export const languages = ['system', 'en', 'zh-CN'] as const;

export const settingsSchema = v.strictObject({
  theme: v.picklist(themes),
  contrast: v.picklist(contrasts),
  /** Of what is read and written; the rest follows the window's zoom. */
  textSize: v.picklist(textSizes),
  readingWidth: v.picklist(readingWidths),
  language: v.picklist(languages),
  strategy: strategySchema,
  maxTokens: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maximumAnswerTokens)),
});

/** What a person has set; kept in the database. */
export type Settings = Readonly<v.InferOutput<typeof settingsSchema>>;

export const defaultSettings: Settings = {
  theme: 'system',
  contrast: 'system',
  textSize: 'medium',
  readingWidth: 'medium',
  language: 'system',
  strategy: { kind: 'auto', policy: { kind: 'greedy' } },
  maxTokens: defaultAnswerTokens,
};
