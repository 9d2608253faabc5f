import type { DocumentSummary } from '../../../src-main/contract/document.ts';
import { shortenedTitle } from '../../../src-main/contract/title.ts';

/** A document's title, else its first line without Markdown syntax, shortened; '' if it has neither. */
export function documentTitle({ title, beginning }: Pick<DocumentSummary, 'title' | 'beginning'>): string {
  if (title !== '') return title;
  const line = beginning.split('\n').find((text) => text.trim() !== '') ?? '';
  const words = line
    .replace(/^\s*(?:#{1,6}|>|[-*+]|\d+[.)])\s+/u, '')
    .replace(/[*_`~]+/gu, '')
    .trim();
  return shortenedTitle(words);
}
