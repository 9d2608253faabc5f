import * as v from 'valibot';
import { answerSettingsSchema, defaultAnswerSettings } from './answer-settings.ts';
import { type BuiltInActionId, builtInActionIds } from './document.ts';
import { languageTags } from './languages.ts';
import { messageText } from './requests/request.ts';
import { strategySchema } from './strategy.ts';

export const themes = ['system', 'light', 'dark'] as const;
/** `more`: high contrast, which also applies if the system requests it. */
export const contrasts = ['system', 'more'] as const;
export const textSizes = ['small', 'medium', 'large', 'largest'] as const;
export const readingWidths = ['narrow', 'medium', 'wide'] as const;
export const languages = ['system', ...languageTags] as const;
/** Zoom levels of the window, in percent. */
export const zooms = [50, 67, 75, 80, 90, 100, 110, 125, 150, 175, 200] as const;
/** Languages offered for spell checking, for which Chromium has dictionaries; BCP 47 tags. */
export const spellCheckLanguages = [
  ...['en-US', 'en-GB', 'de', 'fr', 'es', 'it', 'pt-BR', 'pt-PT', 'nl', 'pl', 'cs', 'da', 'sv', 'nb'],
  ...['hu', 'ro', 'el', 'tr', 'uk', 'ru', 'vi'],
] as const;
/** Minimum and maximum share of the width for the document, in percent. */
export const minDocumentShare = 30;
export const maxDocumentShare = 65;

export const settingsSchema = v.strictObject({
  theme: v.picklist(themes),
  contrast: v.picklist(contrasts),
  /** Text size of messages and documents; everything else follows the window's zoom. */
  textSize: v.picklist(textSizes),
  readingWidth: v.picklist(readingWidths),
  language: v.picklist(languages),
  zoom: v.picklist(zooms),
  /** Whether Enter sends a message or inserts a line break, as Shift+Enter does. Ctrl+Enter or Command+Enter always sends. */
  enterSends: v.boolean(),
  /** Takes effect at the next start, when the dictionary host can be unblocked. */
  spellCheck: v.boolean(),
  spellCheckLanguage: v.picklist(spellCheckLanguages),
  /** Whether the document is shown next to the conversation, and its share of the width, in percent. */
  documentInSight: v.boolean(),
  documentShare: v.pipe(v.number(), v.minValue(minDocumentShare), v.maxValue(maxDocumentShare)),
  /** What new conversations start with; each then keeps its own. */
  ...answerSettingsSchema.entries,
  systemPrompt: messageText,
  /** The strategies of built-in actions; null for those that the user hasn't changed. */
  actionStrategies: v.strictObject(v.entriesFromList(builtInActionIds, v.nullable(strategySchema))),
});

/** The user's settings, stored in the database. */
export type Settings = Readonly<v.InferOutput<typeof settingsSchema>>;

export const defaultSettings: Settings = {
  theme: 'system',
  contrast: 'system',
  textSize: 'medium',
  readingWidth: 'medium',
  language: 'system',
  zoom: 100,
  enterSends: true,
  spellCheck: false,
  spellCheckLanguage: 'en-US',
  documentInSight: false,
  documentShare: 46,
  ...defaultAnswerSettings,
  systemPrompt: '',
  actionStrategies: Object.fromEntries(builtInActionIds.map((id) => [id, null])) as Record<
    BuiltInActionId,
    null
  >,
};
