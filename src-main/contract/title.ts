import { splitAttachments } from './attachment.ts';
import { firstCharacters } from './graphemes.ts';

/** In code points. */
const maximumTitleLength = 80;

/**
 * A name made of a first message or a prompt: one line, cut at a word if it is long. Attachments are left out, unless
 * there is nothing else: then it lists their names.
 */
export function titleFrom(content: string): string {
  const { attachments, typed } = splitAttachments(content);
  const names = attachments.map(({ name }) => name).join(', ');
  return shortenedTitle((typed.trim() === '' ? names : typed).replace(/\s+/gu, ' ').trim());
}

/** A line of text as a title: cut at a word, with an ellipsis, if it has more than 80 characters. */
export function shortenedTitle(line: string): string {
  if ([...line].length <= maximumTitleLength) return line;
  const cut = firstCharacters(line, maximumTitleLength - 1);
  const lastSpace = cut.lastIndexOf(' ');
  // A script without spaces, or one very long word, is cut at the limit.
  return `${lastSpace > cut.length / 2 ? cut.slice(0, lastSpace) : cut}…`;
}
