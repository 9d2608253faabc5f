import * as v from 'valibot';
import { languageTags } from './languages.ts';
import { strategySchema } from './strategy.ts';
import { defaultAnswerTokens, maximumAnswerTokens } from './generation.ts';

export const themes = ['system', 'light', 'dark'] as const;
/** More: lines and text as strong as can be; also where the system asks for it. */
export const contrasts = ['system', 'more'] as const;
export const textSizes = ['small', 'medium', 'large', 'largest'] as const;
export const readingWidths = ['narrow', 'medium', 'wide'] as const;
export const languages = ['system', ...languageTags] as const;
/** Sizes of everything in the window, in percent. */
export const zooms = [50, 67, 75, 80, 90, 100, 110, 125, 150, 175, 200] as const;
/** Languages that Chromium has a dictionary for and that are offered, as BCP 47 tags. */
export const spellCheckLanguages = [
  ...['en-US', 'en-GB', 'de', 'fr', 'es', 'it', 'pt-BR', 'pt-PT', 'nl', 'pl', 'cs', 'da', 'sv', 'nb'],
  ...['hu', 'ro', 'el', 'tr', 'uk', 'ru', 'vi'],
] as const;
/** Least and most of the width that a document may take, in percent. */
export const smallestShare = 30;
export const largestShare = 65;
/** Most answers that one question is given at once. */
export const maximumVersions = 8;

export const settingsSchema = v.strictObject({
  theme: v.picklist(themes),
  contrast: v.picklist(contrasts),
  /** Of what is read and written; the rest follows the window's zoom. */
  textSize: v.picklist(textSizes),
  readingWidth: v.picklist(readingWidths),
  language: v.picklist(languages),
  zoom: v.picklist(zooms),
  /** Whether Enter sends a message; else it begins a new line. Ctrl or Command with Enter always sends. */
  enterSends: v.boolean(),
  /** From the next start on, since only then the dictionary's address can be let through. */
  spellCheck: v.boolean(),
  spellCheckLanguage: v.picklist(spellCheckLanguages),
  /** Whether the document stands beside the conversation, and its part of the width, in percent. */
  documentInSight: v.boolean(),
  documentShare: v.pipe(v.number(), v.minValue(smallestShare), v.maxValue(largestShare)),
  strategy: strategySchema,
  /** How many answers a question is given, each with another seed; one where nothing is drawn. */
  versions: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maximumVersions)),
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
  zoom: 100,
  enterSends: false,
  spellCheck: false,
  spellCheckLanguage: 'en-US',
  documentInSight: false,
  documentShare: 46,
  strategy: { kind: 'auto', policy: { kind: 'greedy' } },
  versions: 1,
  maxTokens: defaultAnswerTokens,
};
