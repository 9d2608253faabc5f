import { getDefaults, Lexer, type Links, type Token, Tokenizer, type Tokens } from 'marked';
import { fenceAt } from './fence.ts';

/** Nesting depth of quotes and lists up to which they are rendered; a looping model produces thousands of levels. */
const maxNesting = 30;

/**
 * Markers of one kind up to which a text is lexed. The lexer searches the rest of the paragraph for the end of each
 * marker, so its time is quadratic in their number.
 */
const maxMarkers = 600;

const level = String.raw`[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]))`;
const deepLine = new RegExp(
  String.raw`^(?:(?:${level}){${maxNesting + 1}}|[ \t]{60,}(?:[-*+]|\d{1,9}[.)])[ \t])`,
  'm',
);

/** A block of Markdown; `continues`: it is the next part of a block that was split for its length. */
export type Block = Token & { readonly continues?: boolean };

/**
 * Lexes a text into blocks, including blank lines: their `raw` joined is the text. A text with too many markers, or a
 * block that nests too deeply, becomes `plain`, which is shown verbatim. `links` are the definitions before the text.
 */
export function blocksOf(text: string, links: Links): readonly Block[] {
  if (isTooComplex(text)) return [plain(text)];
  try {
    const lexer = new Lexer({ ...getDefaults(), tokenizer: new BlockTokenizer() });
    Object.assign(lexer.tokens.links, links);
    return lexer.lex(text).map((block) => (nestsDeeper(block, maxNesting) ? plain(block.raw) : block));
  } catch {
    // The lexer is recursive and may overflow the stack.
    return [plain(text)];
  }
}

/** Reads fences also inside lists and quotes as CommonMark does: marked allows no tab after a closing fence. */
class BlockTokenizer extends Tokenizer {
  override fences(text: string): Tokens.Code | undefined {
    return fenceAt(text, 0, false)?.block;
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

/** Whether lexing `text` would take too long. */
function isTooComplex(text: string): boolean {
  return (
    deepLine.test(text) ||
    [/[*_~]+/g, /[[\]()]/g, /[<&@`\\]/g].some((markers) => countOf(text, markers) > maxMarkers)
  );
}

function countOf(text: string, markers: RegExp): number {
  let count = 0;
  while (count <= maxMarkers && markers.exec(text) !== null) count += 1;
  return count;
}
