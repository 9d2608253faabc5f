/** A last line that may still become a list item, a heading, a rule, a quote, a fence or a table. */
const undecidedLine = /(^|\n)[ \t]*(?:[-*+_=#>~`|:. \t]+|\d{1,3}[.)]?[ \t]*)$/;
/** A link or image whose address has not ended yet. */
const openAddress = /!?\[([^[\]\n]*)\]\([^()\s]*$/;
const openFence = /^ {0,3}(`{3,}|~{3,})/;

/**
 * The part of a growing Markdown text whose look is settled: markers at its end that may still mean
 * something else are held back, emphasis and code that are open are closed. So nothing that was shown
 * turns from a heading into a list, or from asterisks into bold, one frame later.
 */
export function stableTail(text: string): string {
  if (insideFence(text)) return text.replace(/\n[ \t]*[`~]+$/, '');
  const decided = withoutTableHead(text.replace(undecidedLine, '$1')).replace(openAddress, '$1');
  const start = decided.lastIndexOf('\n\n') + 1;
  return decided.slice(0, start) + closed(decided.slice(start));
}

function insideFence(text: string): boolean {
  let fence: string | null = null;
  for (const line of text.split('\n')) {
    const marker = openFence.exec(line)?.[1];
    if (marker === undefined) continue;
    if (fence === null) fence = marker;
    else if (marker.startsWith(fence) && line.trim() === marker) fence = null;
  }
  return fence !== null;
}

/** A table's head is a line of text until the line of dashes below it is whole. */
function withoutTableHead(text: string): string {
  const end = text.endsWith('\n') ? text.length - 1 : text.length;
  const start = text.lastIndexOf('\n', end - 1) + 1;
  const before = text.slice(0, start).trimEnd();
  const line = text.slice(start, end);
  const continues =
    before.slice(before.lastIndexOf('\n') + 1).includes('|') && /\n$/.test(text.slice(0, start));
  return line.trimStart().startsWith('|') && !continues ? text.slice(0, start) : text;
}

/** `block` with its open emphasis and code closed; a marker that opens nothing yet is left out. */
function closed(block: string): string {
  const open: string[] = [];
  for (const [marker] of block.matchAll(/\\.|`+|\*{1,3}(?=\S)|(?<=\S)\*{1,3}|~~/gs)) {
    if (marker.startsWith('\\')) continue;
    const code = open.at(-1)?.startsWith('`') ?? false;
    if (open.at(-1) === marker) open.pop();
    else if (!code) open.push(marker);
  }
  let text = block;
  for (const marker of open.reverse()) {
    text = text.endsWith(marker) ? text.slice(0, -marker.length) : text.trimEnd() + marker;
  }
  return text;
}
