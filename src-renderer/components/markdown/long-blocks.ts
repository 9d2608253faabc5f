import type { Tokens } from 'marked';
import type { Block } from './blocks.ts';

/** Characters of a block that are read in one go: what a frame has time for. */
export const longestText = 4000;
/** Of one with others inside it: where it is cut, what follows may look different. */
export const longestContainer = 12_000;
const mostItems = 40;
const mostRows = 50;

export interface Cut {
  /** Where the next part begins. */
  readonly at: number;
  /** What the next part needs in front of it to be read alike: the head of a table. */
  readonly head: string;
}

/**
 * Where a text that is one `block` is cut in two, if it is too long for one: a list between items, a table
 * between rows, anything else at a line's end or a space.
 */
export function cutOf(block: Block, text: string): Cut | undefined {
  if (block.type === 'list') {
    const { items } = block as Tokens.List;
    const before = items.slice(0, -1).map(({ raw }) => raw);
    if (before.length > 0 && (items.length > mostItems || text.length > longestText)) {
      const raw = before.join('');
      if (text.startsWith(raw)) return { at: raw.length, head: '' };
    }
  } else if (block.type === 'table') {
    const { rows } = block as Tokens.Table;
    if (rows.length > 1 && (rows.length > mostRows || text.length > longestText)) {
      const head = text.slice(0, text.indexOf('\n', text.indexOf('\n') + 1) + 1);
      const at = block.raw.trimEnd().lastIndexOf('\n') + 1;
      if (text.startsWith(block.raw.slice(0, at))) return { at, head };
    }
  }
  const longest = ['list', 'blockquote', 'html', 'table'].includes(block.type)
    ? longestContainer
    : longestText;
  return text.length > longest ? { at: pauseBefore(text, longestText), head: '' } : undefined;
}

/** Where `text` can be cut before `limit`: behind a line or a word, or else between characters. */
export function pauseBefore(text: string, limit: number): number {
  for (const pause of ['\n', ' ']) {
    const place = text.lastIndexOf(pause, limit - 1);
    if (place >= limit / 2) return place + 1;
  }
  const code = text.charCodeAt(limit - 1);
  return code >= 0xd800 && code < 0xdc00 ? limit - 1 : limit;
}
