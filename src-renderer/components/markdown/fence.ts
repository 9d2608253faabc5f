import type { Tokens } from 'marked';
import { decodeEntities } from './entities.ts';

/** A fenced code block at the start of a text. */
export interface Fence {
  readonly block: Tokens.Code;
  /** Where to resume the search for its end; null once it is closed. */
  readonly from: number | null;
}

/** Indent, marker and info string, which contains no backtick after backticks. */
const opening = /^( {0,3})(`{3,}(?=[^`\n]*(?:\n|$))|~{3,})([^\n]*)(?:\n|$)/;
const closing = /^ {0,3}(`{3,}|~{3,})[ \t]*$/;
const partialClosing = /^ {0,3}(`+|~+)[ \t]*$/;

/**
 * The fenced code block at the start of `text`, if any (CommonMark 0.31.2, 4.5). Only lines from `from` on are searched
 * for its end: rescanning a long block for each token would take quadratic time. While the text is `growing`, a last
 * line that may become the opening or the closing fence is held back.
 */
export function fenceAt(text: string, from: number, growing: boolean): Fence | undefined {
  const [head, indent = '', marker = '', info = ''] = opening.exec(text) ?? [];
  if (head === undefined || (growing && !head.endsWith('\n'))) return undefined;
  const code = (raw: string, end: number): Tokens.Code => ({
    type: 'code',
    raw,
    lang: infoString(info),
    text: codeIn(end),
  });
  const codeIn = (end: number) => {
    const inside = text.slice(head.length, Math.max(head.length, end));
    const lines = inside.endsWith('\n') ? inside.slice(0, -1) : inside;
    return indent === '' ? lines : lines.replaceAll(/^[ \t]+/gm, (white) => outdented(white, indent.length));
  };
  let start = Math.max(from, head.length);
  for (let end = text.indexOf('\n', start); end >= 0; end = text.indexOf('\n', start)) {
    if (closes(text.slice(start, end), marker)) return { block: code(text.slice(0, end), start), from: null };
    start = end + 1;
  }
  const rest = text.slice(start);
  if (!growing && closes(rest, marker)) return { block: code(text, start), from: null };
  const held = growing && partialClosing.exec(rest)?.[1]?.startsWith(marker[0] ?? '');
  const end = held ? start : text.length;
  return { block: code(text.slice(0, end), end), from: start };
}

/** Whether `line` ends a code block that `marker` opened: with as many of the same mark or more, and nothing else. */
const closes = (line: string, marker: string) => closing.exec(line)?.[1]?.startsWith(marker) ?? false;

/** What is left of the white space at the start of a line without its first `columns` columns. */
function outdented(white: string, columns: number): string {
  let column = 0;
  let place = 0;
  for (; place < white.length && column < columns; place++)
    column += white[place] === '\t' ? 4 - (column % 4) : 1;
  return ' '.repeat(Math.max(0, column - columns)) + white.slice(place);
}

/** An info string without the white space around it, its escapes and references replaced. */
function infoString(info: string): string {
  const trimmed = info.replace(/^[ \t]+|[ \t]+$/g, '');
  return trimmed.replace(
    /\\([!-/:-@[-`{-~])|&#?\w+;/g,
    (written: string, escaped?: string) => escaped ?? decodeEntities(written),
  );
}

/** Marks of quotes and list items before a line's own text. */
const containers = /^(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t])))*[ \t]*/;

/** Whether `line`, the one after `text`, is in a fenced code block, by itself or in a quote or list item. */
export function isInsideFence(text: string, line: string): boolean {
  let open: { readonly marker: string; readonly inContainer: boolean } | undefined;
  for (const before of text.split('\n')) {
    if (open !== undefined) {
      if (closes(open.inContainer ? before.replace(/^[ \t>]*/, '') : before, open.marker)) open = undefined;
      continue;
    }
    const marker = opening.exec(before.replace(containers, ''))?.[2];
    if (marker !== undefined) open = { marker, inContainer: !opening.test(before) };
  }
  // A line without the mark or the indent of the container ends it.
  return open !== undefined && (!open.inContainer || /^[ \t]*>|^[ \t]{2}/.test(line));
}
