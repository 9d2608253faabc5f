import { lexer, type Token, type Tokens } from 'marked';

/** Quotes and lists inside one another that are shown as such; a model that repeats itself makes thousands. */
export const deepestNesting = 30;

/**
 * The blocks of a Markdown text. A block that is written as in `previous`, at the same place, is the very
 * object it was there, so that what is on the screen of it stays untouched. One that nests too deep is
 * `plain`: shown as it is written.
 */
export function blocksOf(text: string, previous: readonly Token[]): readonly Token[] {
  const blocks = lexed(text).filter(({ type }) => type !== 'space' && type !== 'def');
  return blocks.map((block, index) => {
    const before = previous[index];
    if (before !== undefined && before.raw === block.raw && before.type === block.type) return before;
    return nestsDeeper(block, deepestNesting) ? plain(block.raw) : block;
  });
}

function lexed(text: string): readonly Token[] {
  try {
    return lexer(text);
  } catch {
    // The lexer calls itself for every level; the stack ends before a long row of marks does.
    return [plain(text)];
  }
}

const plain = (raw: string): Token => ({ type: 'plain', raw });

function nestsDeeper(token: Token, levels: number): boolean {
  if (levels === 0) return true;
  const { tokens = [] } = token as Tokens.Generic;
  const inside: readonly Token[] = token.type === 'list' ? (token as Tokens.List).items : tokens;
  return inside.some((part) => nestsDeeper(part, levels - 1));
}
