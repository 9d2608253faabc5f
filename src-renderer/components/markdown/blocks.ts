import { Lexer, type Links, type Token, type Tokens } from 'marked';
import { deepestNesting, isTangled } from './markup-limits.ts';

/** A block of Markdown; `continues` where it is the next part of a block that was too long for one. */
export type Block = Token & { readonly continues?: boolean };

/**
 * The blocks of a text, blank lines included: their `raw` joined is the text. A text that is tangled, or a
 * block that nests too deep, is `plain`: shown as it is written. `links` are the definitions that stood before.
 */
export function blocksOf(text: string, links: Links): readonly Block[] {
  if (isTangled(text)) return [plain(text)];
  try {
    const lexer = new Lexer();
    Object.assign(lexer.tokens.links, links);
    return lexer.lex(text).map((block) => (nestsDeeper(block, deepestNesting) ? plain(block.raw) : block));
  } catch {
    // The lexer calls itself for every level; the stack may end before a long row of marks does.
    return [plain(text)];
  }
}

/** Whether a block has anything to show. */
export const isShown = ({ type }: Token): boolean => type !== 'space' && type !== 'def';

const plain = (raw: string): Block => ({ type: 'plain', raw });

function nestsDeeper(token: Token, levels: number): boolean {
  if (levels === 0) return true;
  const { tokens = [] } = token as Tokens.Generic;
  const inside: readonly Token[] = token.type === 'list' ? (token as Tokens.List).items : tokens;
  return inside.some((part) => nestsDeeper(part, levels - 1));
}
