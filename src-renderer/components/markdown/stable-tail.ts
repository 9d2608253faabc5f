import { isInsideFence } from './fence.ts';

/** A last line that may still become a list item, a heading, a rule, a quote, a fence or a table. */
const undecidedLine = /(^|\n)[ \t]*(?:[-*+_=#>~`|:. \t]+|\d{1,3}[.)]?[ \t]*|`{3}[^`\n]*|~{3}[^\n]*)$/;
/** An unclosed link or image, shown as its text. */
const openLink = /!?\[([^[\]\n]*)(?:\](?:\([^()\s]*)?)?$/;
/** Length above which a row of markers is shown verbatim. */
const maxMarkersLength = 200;

/**
 * The prefix of a streamed Markdown text that renders stably: trailing markers that are still ambiguous are held back,
 * and open emphasis and code are closed. So text already shown never turns from a heading into a list, or from
 * asterisks into bold.
 */
export function stableTail(text: string): string {
  const lineStart = text.lastIndexOf('\n') + 1;
  if (isInsideFence(text.slice(0, lineStart), text.slice(lineStart))) {
    return /^[ \t>]*(?:`+|~+)[ \t]*$/.test(text.slice(lineStart)) ? text.slice(0, lineStart - 1) : text;
  }
  const settled = text.length - lineStart > maxMarkersLength ? text : text.replace(undecidedLine, '$1');
  const decided = withoutTableHead(settled).replace(openLink, '$1');
  const start = decided.lastIndexOf('\n\n') + 1;
  return decided.slice(0, start) + closed(decided.slice(start));
}

/** Holds back a table's header row, which is ordinary text until the delimiter row is complete. */
function withoutTableHead(text: string): string {
  const end = text.endsWith('\n') ? text.length - 1 : text.length;
  const start = text.lastIndexOf('\n', end - 1) + 1;
  const before = text.slice(0, start).trimEnd();
  const line = text.slice(start, end);
  const continues =
    before.slice(before.lastIndexOf('\n') + 1).includes('|') && /\n$/.test(text.slice(0, start));
  return line.trimStart().startsWith('|') && !continues ? text.slice(0, start) : text;
}

/** Closes open emphasis and code in `block`; a marker without content is dropped. */
function closed(block: string): string {
  const open: string[] = [];
  let end = block.length;
  for (const match of block.matchAll(/\\.|`+|[*_]{1,3}|~~/gs)) {
    const marker = match[0];
    if (marker.startsWith('\\')) continue;
    const inCode = open.at(-1)?.startsWith('`') ?? false;
    const last = open.at(-1) ?? '';
    if (last === marker) open.pop();
    // The first half of a closing marker.
    else if (last.startsWith(marker) && match.index + marker.length === end) end = match.index;
    else if (marker.startsWith('`')) {
      if (!inCode) open.push(marker);
    } else if (!inCode) pair(open, marker, block[match.index - 1], block[match.index + marker.length]);
  }
  return open.reduceRight(
    (text, marker) => {
      const bare = text.trimEnd();
      return bare.endsWith(marker) ? bare.slice(0, -marker.length) : bare + marker;
    },
    block.slice(0, end),
  );
}

/** Matches a run of markers: it closes what is open and opens the rest, given the characters around it. */
function pair(open: string[], run: string, before: string | undefined, after: string | undefined): void {
  let rest = run;
  while (
    before !== undefined &&
    before.trim() !== '' &&
    rest !== '' &&
    open.length > 0 &&
    rest.startsWith(open.at(-1) ?? '')
  ) {
    rest = rest.slice(open.pop()?.length);
  }
  // Within a word or before a space, a marker is more likely literal.
  if (rest !== '' && !/[A-Za-z0-9]/.test(before ?? '') && after?.trim() !== '') open.push(rest);
}
