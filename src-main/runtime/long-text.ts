import type { Tokenizer as LibraryTokenizer } from '@huggingface/tokenizers';
import type { TokenId } from '../engine/model.ts';
import { byteOf } from './byte-characters.ts';
import { BytePairMerges } from './byte-pair-merges.ts';
import { longestFirstPattern } from './prompt-part.ts';
import type { TokenizerFile } from './tokenizer-file.ts';

/** Texts up to this length, in UTF-16 units, are encoded at once; longer ones in parts of about this length. */
export const partLength = 8192;
/** Pieces up to this length, in bytes, are merged by the library. */
const shortPiece = 2048;
/** Bytes of pieces that are encoded between two yields. */
const bytesPerStep = 32_768;
/** Pieces at the end of a window that more text could change, such as a word without its apostrophe. */
const unsettledPieces = 8;

/** Marks between two words or numbers before which a text may be cut, as far as the pre-tokenizer splits there, too. */
const marks = [' ', '\n', ',', '，', '。', '、', '；', '：'];
const words = ['word', 'Größe', '春天', 'слово', 'कमल', '123', '٣'];

/** A step's tokens, maybe none; undefined once it is certain that there are more than were asked for. */
type Step = readonly TokenId[] | undefined;

/**
 * Encodes long texts in steps of some ten milliseconds, to the very same tokens as the library at once. A text is cut
 * where the pre-tokenizer splits whatever surrounds the place. What can't be cut goes through the pre-tokenizer in
 * windows, and a piece of any length through `BytePairMerges`.
 */
export class LongTextEncoder {
  readonly #library: LibraryTokenizer;
  readonly #cut: RegExp | undefined;
  readonly #added: RegExp;
  readonly #addedIds: ReadonlyMap<string, number>;
  readonly #merges: BytePairMerges | undefined;
  /** Of the tokens and added tokens, in bytes. */
  readonly #longestToken: number;
  /** 1 for each byte that has a token; the others are lost. */
  readonly #countedBytes = new Uint8Array(256);

  constructor(library: LibraryTokenizer, content: TokenizerFile) {
    this.#library = library;
    const contents = content.added_tokens.map((token) => token.content).filter((text) => text !== '');
    this.#addedIds = new Map(content.added_tokens.map((token) => [token.content, token.id]));
    // Longest first, as the library matches them.
    this.#added = new RegExp(`(${longestFirstPattern(contents)})`, 'u');
    const plain = isLocal(content['normalizer']) && !content.added_tokens.some(changesNeighbours);
    const cutTokens = contents.some((text) => marks.some((mark) => text.includes(mark)));
    this.#cut = plain && !cutTokens ? this.#cutPattern(content) : undefined;
    this.#merges = plain ? BytePairMerges.of(content) : undefined;
    // A normalizer may shorten a text.
    const bounded = (content['normalizer'] ?? null) === null;
    this.#longestToken =
      this.#merges && bounded
        ? Math.max(this.#merges.longestToken, ...contents.map((text) => Buffer.byteLength(text)))
        : Infinity;
    for (const [character, byte] of byteOf)
      this.#countedBytes[byte] = Number(this.#merges?.has(character) ?? false);
  }

  /** Takes each step on its own turn of the event loop. @param most undefined is returned for more tokens than this */
  async encode(text: string, most: number): Promise<TokenId[] | undefined> {
    const tokens: TokenId[] = [];
    for (const step of this.#steps(text, most)) {
      if (step === undefined) return undefined;
      for (const token of step) tokens.push(token);
      if (tokens.length > most) return undefined;
      await new Promise((resolve) => setImmediate(resolve));
    }
    return tokens;
  }

  *#steps(text: string, most: number): Generator<Step, void> {
    for (let start = 0; start < text.length;) {
      const end = this.#cutAfter(text, start + partLength);
      const part = text.slice(start, end);
      if (part.length <= 2 * partLength) yield this.#atOnce(part);
      else yield* this.#uncut(part, most);
      start = end;
    }
  }

  #atOnce(text: string): TokenId[] {
    return this.#library.encode(text, { add_special_tokens: false }).ids as TokenId[];
  }

  #cutAfter(text: string, from: number): number {
    if (!this.#cut || from >= text.length) return text.length;
    this.#cut.lastIndex = from;
    return this.#cut.exec(text)?.index ?? text.length;
  }

  *#uncut(part: string, most: number): Generator<Step, void> {
    if (this.#least(part) > most) {
      yield undefined;
      return;
    }
    if (!this.#merges) {
      yield this.#atOnce(part);
      return;
    }
    for (const section of part.split(this.#added)) {
      const id = this.#addedIds.get(section);
      if (id !== undefined) yield [id as TokenId];
      else if (section !== '') yield* this.#section(this.#normalized(section), this.#merges);
    }
  }

  /** Encodes a text without added tokens. */
  *#section(section: string, merges: BytePairMerges): Generator<Step, void> {
    let batch: string[] = [];
    let bytes = 0;
    for (const pieces of this.#pieces(section)) {
      yield [];
      for (const piece of pieces) {
        if (piece.length > shortPiece) {
          yield this.#merged(batch);
          batch = [];
          const tokens = yield* stepping(merges.encode(piece));
          yield tokens;
        } else {
          batch.push(piece);
          bytes += piece.length;
        }
        if (bytes > bytesPerStep) {
          yield this.#merged(batch);
          batch = [];
          bytes = 0;
        }
      }
    }
    yield this.#merged(batch);
  }

  /** The pieces of `section`, window by window. A window grows until most of it is settled. */
  *#pieces(section: string): Generator<readonly string[], void> {
    let window = partLength;
    for (let start = 0; start < section.length;) {
      const text = section.slice(start, start + window);
      const pieces = this.#preTokenized(text);
      if (start + window >= section.length) {
        yield pieces;
        return;
      }
      const settled = settledLength(text, pieces);
      if (settled === undefined) {
        window *= 2;
        continue;
      }
      yield pieces.slice(0, settled.pieces);
      start += settled.units;
      window = partLength;
    }
  }

  #normalized(text: string): string {
    return this.#library.normalizer?.normalize(text) ?? text;
  }

  /** Each piece as printable characters that stand for its bytes. */
  #preTokenized(text: string): readonly string[] {
    return this.#library.pre_tokenizer?.pre_tokenize(text) ?? [text];
  }

  #merged(pieces: readonly string[]): TokenId[] {
    const tokens = pieces.length === 0 ? [] : (this.#library.model?.encode([...pieces]) ?? []);
    return tokens.map((token) => this.#library.token_to_id(token) as TokenId);
  }

  /** A lower bound of the tokens of `text`: each stands for at most as many bytes as the longest one. */
  #least(text: string): number {
    let bytes = 0;
    for (const byte of new TextEncoder().encode(text)) bytes += this.#countedBytes[byte]!;
    return bytes / this.#longestToken;
  }

  /** Matches the marks before which the pre-tokenizer splits between any two words. */
  #cutPattern(content: TokenizerFile): RegExp | undefined {
    // With a lookbehind, a place could depend on what is far before it.
    if (JSON.stringify(content.pre_tokenizer).includes('(?<')) return undefined;
    const splitting = marks.filter((mark) =>
      words.every((left) => words.every((right) => this.#splitsBefore(left, `${mark}${right}`))),
    );
    if (splitting.length === 0) return undefined;
    return new RegExp(`(?<=[\\p{L}\\p{N}])[${splitting.join('')}](?=[\\p{L}\\p{N}])`, 'gu');
  }

  #splitsBefore(left: string, right: string): boolean {
    const apart = [...this.#preTokenized(left), ...this.#preTokenized(right)];
    const together = this.#preTokenized(left + right);
    return apart.length === together.length && apart.every((piece, index) => piece === together[index]);
  }
}

/** How much of a window no text after it can change; undefined for nothing. */
function settledLength(
  text: string,
  pieces: readonly string[],
): { readonly pieces: number; readonly units: number } | undefined {
  const bytes = Buffer.from(text, 'utf8');
  const lengths = pieces.map((piece) => piece.length);
  // Not pieces of this very text.
  if (lengths.reduce((sum, length) => sum + length, 0) !== bytes.length) return undefined;
  let end = bytes.length;
  for (let count = pieces.length - 1; count > 0; count -= 1) {
    end -= lengths[count]!;
    if (pieces.length - count < unsettledPieces) continue;
    const units = bytes.toString('utf8', 0, end).length;
    // How blanks are split depends on what follows them.
    if (!/\s/u.test(text.slice(units - 1, units + 1))) return { pieces: count, units };
  }
  return undefined;
}

/** The result of `work`, whose steps yield no tokens. */
function* stepping<T>(work: Generator<void, T>): Generator<Step, T> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    yield [];
  }
}

/** Whether a normalizer changes nothing across a mark between two words. */
function isLocal(normalizer: unknown): boolean {
  return (normalizer ?? null) === null || (normalizer as { readonly type?: unknown }).type === 'NFC';
}

function changesNeighbours(token: TokenizerFile['added_tokens'][number]): boolean {
  return token['lstrip'] === true || token['rstrip'] === true;
}
