import type { Block } from './blocks.ts';

/** A fenced code block at the start of a text. */
export interface Fence {
  readonly block: Block;
  /** Where to resume the search for its end; null once it is closed. */
  readonly from: number | null;
}

const opening = /^( {0,3})(`{3,}(?=[^`\n]*\n)|~{3,})([^\n]*)\n/;
const closing = /^ {0,3}([`~]+) *$/;
const partialClosing = /^[ \t]*[`~]+[ \t]*$/;

/**
 * The fenced code block at the start of `text`, if any. Only lines from `from` on are searched for its end: rescanning
 * a long block for each token would take quadratic time. While the text is `growing`, a last line that may become the
 * closing fence is held back.
 */
export function fenceAt(text: string, from: number, growing: boolean): Fence | undefined {
  const [head, indent = '', marker = '', lang = ''] = opening.exec(text) ?? [];
  if (head === undefined) return undefined;
  const code = (raw: string, end: number): Block => ({
    type: 'code',
    raw,
    lang: lang.trim(),
    text: codeIn(end),
  });
  const codeIn = (end: number) => {
    const inside = text.slice(head.length, Math.max(head.length, end)).replace(/\n$/, '');
    return indent === '' ? inside : inside.replaceAll(new RegExp(`^ {1,${indent.length}}`, 'gm'), '');
  };
  let start = Math.max(from, head.length);
  for (let end = text.indexOf('\n', start); end >= 0; end = text.indexOf('\n', start)) {
    if (closes(text.slice(start, end), marker)) return { block: code(text.slice(0, end), start), from: null };
    start = end + 1;
  }
  const rest = text.slice(start);
  if (!growing && closes(rest, marker)) return { block: code(text, start), from: null };
  const end = growing && partialClosing.test(rest) ? start : text.length;
  return { block: code(text.slice(0, end), end), from: start };
}

const closes = (line: string, marker: string) => closing.exec(line)?.[1]?.startsWith(marker) ?? false;
