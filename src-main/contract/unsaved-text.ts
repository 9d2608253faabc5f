import * as v from 'valibot';
import { errorCodes } from './error.ts';

/** A text that couldn't be saved, to be saved elsewhere. */
export const unsavedTextSchema = v.strictObject({
  /** What it is, in the user's language, such as the title of a document. */
  title: v.pipe(v.string(), v.maxLength(1000)),
  text: v.string(),
});
export type UnsavedText = Readonly<v.InferOutput<typeof unsavedTextSchema>>;

const causeSchema = v.strictObject({
  code: v.picklist(errorCodes),
  message: v.pipe(v.string(), v.maxLength(10_000)),
});
/** Why something couldn't be saved. */
export type UnsavedCause = Readonly<v.InferOutput<typeof causeSchema>>;

/** How the page answers the push `save-all`. */
export const savedAllSchema = v.strictObject({
  /** Number of the push that it answers. */
  attempt: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000)),
  /** Empty if all is saved. */
  unsaved: v.array(unsavedTextSchema),
  /** Why; null if all is saved. */
  cause: v.nullable(causeSchema),
});
export type SavedAll = Readonly<v.InferOutput<typeof savedAllSchema>>;
