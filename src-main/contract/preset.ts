import * as v from 'valibot';

export const newPresetSchema = v.strictObject({
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60)),
  systemPrompt: v.pipe(v.string(), v.maxLength(100_000)),
});
export type NewPreset = Readonly<v.InferOutput<typeof newPresetSchema>>;

/** A system prompt that the user saved under a name. */
export interface CustomPreset extends NewPreset {
  readonly id: string;
}
