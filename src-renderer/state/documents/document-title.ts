import type { DocumentSummary } from '../../../src-main/contract/document.ts';

/** Longest name that is made of a first line, in code points. */
const longest = 80;

/** What a document is called: its name, else its first line without Markdown's marks; '' where it has neither. */
export function documentTitle({ title, beginning }: Pick<DocumentSummary, 'title' | 'beginning'>): string {
  if (title !== '') return title;
  const line = beginning.split('\n').find((text) => text.trim() !== '') ?? '';
  const words = line
    .replace(/^\s*(?:#{1,6}|>|[-*+]|\d+[.)])\s+/u, '')
    .replace(/[*_`~]+/gu, '')
    .trim();
  return [...words].slice(0, longest).join('');
}
