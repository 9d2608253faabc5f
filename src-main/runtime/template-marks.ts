import { ForedraftError } from '../contract/error.ts';
import type { PromptPart } from './prompt-part.ts';
import { longestFirstPattern } from './prompt-part.ts';

/** The Private Use Area: single UTF-16 units, which no two texts make when they are joined. */
const firstMark = 0xe000;
const lastMark = 0xf8ff;

/**
 * Distinguishes the control tokens that a chat template writes from equal text in messages: before rendering, those in
 * the template's source are put between two characters that no message contains. Messages are passed unchanged, so
 * that the template can trim, split and search them.
 */
export class TemplateMarks {
  readonly #controlTokens: readonly string[];
  readonly #opening: string;
  readonly #closing: string;
  readonly #whole: RegExp;
  readonly #marked: RegExp;

  /**
   * @param texts all that the template is rendered with
   * @throws ForedraftError `settings-invalid` if they contain nearly every private-use character
   */
  constructor(controlTokens: Iterable<string>, texts: readonly string[]) {
    this.#controlTokens = [...controlTokens];
    const [opening, closing] = unusedCharacters(texts);
    this.#opening = opening;
    this.#closing = closing;
    const pattern = longestFirstPattern(this.#controlTokens);
    this.#whole = new RegExp(`(${pattern})`, 'u');
    this.#marked = new RegExp(`${opening}(${pattern})${closing}`, 'u');
  }

  /**
   * Marks the control tokens in a string of the template, and the parts of one at its ends: some templates join
   * `'<|' + role + '|>'`.
   */
  mark(literal: string): string {
    const pieces = literal.split(this.#whole);
    return pieces
      .map((piece, index) => {
        if (index % 2 === 1) return `${this.#opening}${piece}${this.#closing}`;
        const closed = index === 0 ? this.#endOfToken(piece) : 0;
        const opened = index === pieces.length - 1 ? piece.length - this.#startOfToken(piece) : piece.length;
        if (closed > opened) return piece;
        const closing = closed > 0 ? this.#closing : '';
        const opening = opened < piece.length ? this.#opening : '';
        return `${piece.slice(0, closed)}${closing}${piece.slice(closed, opened)}${opening}${piece.slice(opened)}`;
      })
      .join('');
  }

  /** The rendered template without marks. A mark that is no control token's was part of one that wasn't completed. */
  parts(rendered: string): PromptPart[] {
    return rendered
      .split(this.#marked)
      .map((part, index): PromptPart =>
        index % 2 === 0 ? { text: this.#unmarked(part) } : { control: part },
      );
  }

  /** How much of the start of `text` is the end of a control token. */
  #endOfToken(text: string): number {
    return this.#longestPart(text, (length, token) => token.endsWith(text.slice(0, length)));
  }

  /** How much of the end of `text` is the start of a control token. */
  #startOfToken(text: string): number {
    return this.#longestPart(text, (length, token) => token.startsWith(text.slice(-length)));
  }

  #longestPart(text: string, isPart: (length: number, token: string) => boolean): number {
    let longest = 0;
    for (const token of this.#controlTokens) {
      for (let length = Math.min(token.length - 1, text.length); length > longest; length--) {
        if (isPart(length, token)) longest = length;
      }
    }
    return longest;
  }

  #unmarked(text: string): string {
    return text.replaceAll(this.#opening, '').replaceAll(this.#closing, '');
  }
}

function unusedCharacters(texts: readonly string[]): readonly [string, string] {
  const unused: string[] = [];
  for (let code = firstMark; code <= lastMark; code++) {
    const character = String.fromCharCode(code);
    if (texts.some((text) => text.includes(character))) continue;
    unused.push(character);
    const [opening, closing] = unused;
    if (opening !== undefined && closing !== undefined) return [opening, closing];
  }
  throw new ForedraftError(
    'settings-invalid',
    'The messages contain every private-use character of Unicode, of which the chat template needs two: remove some.',
  );
}
