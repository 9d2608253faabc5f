import type { Tokens } from 'marked';
import type { Block } from './blocks.ts';
import { cutBefore } from '../../../src-main/contract/graphemes.ts';

/** Maximum characters of a block, which one frame has time to lex. */
const maxTextLength = 4000;
/** Maximum characters of a block that contains others; splitting it may change how the rest looks. */
const maxContainerLength = 12_000;
const maxItems = 40;
const maxRows = 50;

export interface Split {
  /** Offset of the next part. */
  readonly at: number;
  /** Text to repeat before the next part: the header of a table. */
  readonly head: string;
}

/**
 * Where to split the text of `block` if it is too long: a list between items, a table between rows, indented code
 * between lines, anything else at a line break or a space. A fenced code block is never split.
 */
export function splitOf(block: Block, text: string): Split | undefined {
  if (block.type === 'list') {
    const { items } = block as Tokens.List;
    const before = items.slice(0, -1).map(({ raw }) => raw);
    if (before.length > 0 && (items.length > maxItems || text.length > maxTextLength)) {
      const raw = before.join('');
      if (text.startsWith(raw)) return { at: raw.length, head: '' };
    }
  } else if (block.type === 'table') {
    const { rows } = block as Tokens.Table;
    if (rows.length > 1 && (rows.length > maxRows || text.length > maxTextLength)) {
      const head = text.slice(0, text.indexOf('\n', text.indexOf('\n') + 1) + 1);
      const at = block.raw.trimEnd().lastIndexOf('\n') + 1;
      if (text.startsWith(block.raw.slice(0, at))) return { at, head };
    }
  }
  if (block.type === 'code') {
    // Only after a line: within one, the rest would look like another line, or like no code at all.
    const line = text.lastIndexOf('\n', maxTextLength - 1) + 1 || text.indexOf('\n') + 1;
    return text.length > maxContainerLength && line > 0 ? { at: line, head: '' } : undefined;
  }
  const maxLength = ['list', 'blockquote', 'html', 'table'].includes(block.type)
    ? maxContainerLength
    : maxTextLength;
  return text.length > maxLength ? { at: breakBefore(text, maxTextLength), head: '' } : undefined;
}

/** The last break in `text` before `limit`: after a line or a word if possible, otherwise between characters. */
function breakBefore(text: string, limit: number): number {
  for (const separator of ['\n', ' ']) {
    const place = text.lastIndexOf(separator, limit - 1);
    if (place >= limit / 2) return place + 1;
  }
  return cutBefore(text, limit);
}
