import type { DocumentSummary } from '../../../src-main/contract/document.ts';

/** Longest title derived from a first line, in code points. */
const maxLength = 80;

/** A document's title, else its first line without Markdown syntax; '' if it has neither. */
export function documentTitle({ title, beginning }: Pick<DocumentSummary, 'title' | 'beginning'>): string {
  if (title !== '') return title;
  const line = beginning.split('\n').find((text) => text.trim() !== '') ?? '';
  const words = line
    .replace(/^\s*(?:#{1,6}|>|[-*+]|\d+[.)])\s+/u, '')
    .replace(/[*_`~]+/gu, '')
    .trim();
  return [...words].slice(0, maxLength).join('');
}
