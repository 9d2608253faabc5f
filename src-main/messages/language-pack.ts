import type { ErrorCode } from '../contract/error.ts';
import type { enEditor } from './en/editor.ts';
import type { Dictionary, Translated } from './message.ts';

/** What to do about each error. */
export type ErrorAdvice = Readonly<Record<ErrorCode, string>>;

/** Everything that the window has in one language. */
export interface LanguagePack {
  /** Its name in the language itself. */
  readonly name: string;
  readonly messages: Dictionary;
  /** CodeMirror's phrases: the search panel of a document, and what screen readers announce. */
  readonly editor: Translated<typeof enEditor>;
  /** Shown above an error's message, which is in English; null in English, where the message is enough. */
  readonly errorAdvice: ErrorAdvice | null;
  /** Tried for a text file that isn't UTF-8: the encoding of older files where the language is spoken. */
  readonly legacyEncoding: string;
}
