import { cutBefore } from '../../../src-main/contract/graphemes.ts';

/** Maximum length of the title of a conversation or document that main accepts, in UTF-16 units. */
export const maxTitleLength = 200;

/** The title to save: without white space around it, cut to the maximum length. */
export function titleWithin(title: string): string {
  const trimmed = title.trim();
  return trimmed.slice(0, cutBefore(trimmed, maxTitleLength)).trimEnd();
}
