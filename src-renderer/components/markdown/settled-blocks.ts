import { type Block, isShown } from './blocks.ts';

/** Characters that tell which block begins with them. */
const tellingLength = 4;

/**
 * How many blocks at the beginning of a text that grows can't change any more: those in front of the last one, up to
 * a place from which on a text is read the same whatever stood before it. Only the first `sure` characters of them
 * are as they are written.
 */
export function settledCount(blocks: readonly Block[], sure: number): number {
  const starts: number[] = [];
  let length = 0;
  for (const { raw } of blocks) {
    starts.push(length);
    length += raw.length;
  }
  let last = blocks.length - 1;
  while (last > 0 && !isShown(blocks[last]!)) last -= 1;
  while (last > 0 && !beginsAnew(blocks[last - 1]!, blocks[last]!, sure - starts[last]!)) last -= 1;
  return Math.max(0, last);
}

/** Whether `block` would be read alike without the one before it; its first `sure` characters are as they are written. */
function beginsAnew(before: Block, { type, raw }: Block, sure: number): boolean {
  if (['space', 'heading', 'hr'].includes(before.type) || before.raw.endsWith('\n\n')) {
    return sure >= Math.min(raw.length, tellingLength);
  }
  // A paragraph keeps some blocks from beginning, and none of these once its first line is whole.
  const marked = ['heading', 'code'].includes(type) && /^ {0,3}(#|`{3}|~{3})/.test(raw);
  const interrupts = marked || ['hr', 'blockquote', 'list'].includes(type);
  return interrupts && raw.slice(0, sure).includes('\n');
}
