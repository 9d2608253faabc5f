import { type Block, isShown } from './blocks.ts';

/** Characters that determine the type of the block they start. */
const prefixLength = 4;

/**
 * Number of leading blocks of a streamed text that can't change any more: those before the last block whose parsing
 * doesn't depend on what precedes it. Only the first `sure` characters of the blocks are final.
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
  while (last > 0 && !isIndependent(blocks[last - 1]!, blocks[last]!, sure - starts[last]!)) last -= 1;
  return Math.max(0, last);
}

/** Whether `block`, of which the first `sure` characters are final, parses the same without the one before it. */
function isIndependent(before: Block, { type, raw }: Block, sure: number): boolean {
  if (['space', 'heading', 'hr'].includes(before.type) || before.raw.endsWith('\n\n')) {
    return sure >= Math.min(raw.length, prefixLength);
  }
  // These blocks interrupt a paragraph once their first line is complete; others don't.
  const marked = ['heading', 'code'].includes(type) && /^ {0,3}(#|`{3}|~{3})/.test(raw);
  const interrupts = marked || ['hr', 'blockquote', 'list'].includes(type);
  return interrupts && raw.slice(0, sure).includes('\n');
}
