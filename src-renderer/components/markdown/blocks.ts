import { lexer, type Token } from 'marked';

/**
 * The blocks of a Markdown text. A block that is written as in `previous`, at the same place, is the very
 * object it was there, so that what is on the screen of it stays untouched.
 */
export function blocksOf(text: string, previous: readonly Token[]): readonly Token[] {
  const blocks = lexer(text).filter(({ type }) => type !== 'space' && type !== 'def');
  return blocks.map((block, index) => {
    const before = previous[index];
    return before !== undefined && before.type === block.type && before.raw === block.raw ? before : block;
  });
}
