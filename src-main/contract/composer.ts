import * as v from 'valibot';

const id = v.pipe(v.string(), v.uuid());

export const newPresetSchema = v.strictObject({
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60)),
  systemPrompt: v.pipe(v.string(), v.maxLength(100_000)),
});
export type NewPreset = Readonly<v.InferOutput<typeof newPresetSchema>>;

/** A system prompt that a person keeps under a name. */
export interface CustomPreset extends NewPreset {
  readonly id: string;
}

/** Longest text whose tokens are counted while it is typed, in UTF-16 units: longer ones fit no context anyway. */
export const longestCounted = 400_000;

/** The arguments of the composer's requests. */
export const composerRequestSchemas = {
  /** What was typed and sent, in whichever conversation: newest first. */
  'questions-recent': v.undefined(),
  'presets-list': v.undefined(),
  /** Keeps an own preset: a new one where `id` is null; one that was deleted comes back with its id. */
  'preset-save': v.strictObject({ id: v.nullable(id), preset: newPresetSchema }),
  'preset-delete': v.strictObject({ id }),
  /** The tokens that the model would read if `text` were sent below `parentId`. */
  'prompt-count': v.strictObject({
    conversationId: v.nullable(id),
    parentId: v.nullable(id),
    /** Of a conversation that isn't kept yet; '' for one that is. */
    systemPrompt: v.pipe(v.string(), v.maxLength(1_000_000)),
    text: v.pipe(v.string(), v.maxLength(longestCounted)),
  }),
} as const;

export interface ComposerRequestResults {
  'questions-recent': readonly string[];
  'presets-list': readonly CustomPreset[];
  'preset-save': readonly CustomPreset[];
  'preset-delete': readonly CustomPreset[];
  'prompt-count': number;
}
