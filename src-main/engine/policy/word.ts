import type { TokenId } from '../model.ts';
import type { ByteText } from './byte-text.ts';
import { byteText, firstCharacter, lastCharacter } from './byte-text.ts';
import type { TokenIndex } from './token-index.ts';

/** Letters, marks and digits of scripts that put spaces between words. */
const spacedLetter =
  /(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\p{sc=Tibetan}ー])[\p{L}\p{M}\p{N}]/u;
/** What a space follows before the next word. */
const beforeSpace = /[\p{L}\p{M}\p{N}\p{Pe}\p{Pf}.,;:!?…"']/u;

/** One way to write a word, and the tokens that contain it whole. */
interface Spelling {
  readonly bytes: ByteText;
  /** Tokens that start with it. */
  readonly starting: readonly TokenId[];
  /** Tokens that have something before it that a word may follow. */
  readonly inside: readonly TokenId[];
}

/**
 * A word or phrase that a strategy's settings name, as text: it is the same at the start of an answer, after a space or
 * a bracket, in one token or many. Where words are separated by spaces it doesn't count as a part of a longer word, and
 * small letters also stand for capitals: all of them, or the first.
 */
export class Word {
  readonly #index: TokenIndex;
  readonly #spellings: readonly Spelling[];
  readonly #startsSpaced: boolean;
  readonly #endsSpaced: boolean;
  /** Bytes of a text that decide which tokens complete the word. */
  readonly #reach: number;

  /** @param text not empty; white space around it doesn't count, unless it is all there is */
  constructor(text: string, index: TokenIndex) {
    const word = (text.trim() || text).normalize('NFC');
    const [first = ''] = word;
    this.#index = index;
    this.#startsSpaced = spacedLetter.test(first);
    this.#endsSpaced = spacedLetter.test(lastCharacter(byteText(word)));
    const capitalised = first.toUpperCase() + word.slice(first.length);
    const written = [...new Set([word, capitalised, word.toUpperCase()])].map(byteText);
    this.#reach = Math.max(...written.map(({ length }) => length)) + 4;
    this.#spellings = written.map((bytes) => this.#spelling(bytes));
  }

  /** The tokens that complete the word after `context`, whether they start in it or not. */
  completions(context: readonly TokenId[]): ReadonlySet<TokenId> {
    const text = this.#index.textBefore(context, 0, this.#reach);
    const found = new Set<TokenId>();
    for (const { bytes, starting, inside } of this.#spellings) {
      for (const token of inside) found.add(token);
      if (this.#mayFollow(text)) for (const token of starting) found.add(token);
      for (let written = 1; written < bytes.length; written++) {
        if (!this.#endsWithPart(text, bytes, written)) continue;
        const rest = bytes.slice(written);
        for (const token of this.#index.startingWith(rest)) {
          if (this.#mayPrecede(this.#index.bytes(token).slice(rest.length))) found.add(token);
        }
      }
    }
    return found;
  }

  /** Whether the answer, which begins at index `start` of `context`, contains the word. */
  isIn(context: readonly TokenId[], start: number): boolean {
    const text = this.#index.textFrom(context, start);
    return this.#spellings.some(({ bytes }) => {
      for (let at = text.indexOf(bytes); at >= 0; at = text.indexOf(bytes, at + 1)) {
        if (this.#mayFollow(text.slice(0, at)) && this.#mayPrecede(text.slice(at + bytes.length)))
          return true;
      }
      return false;
    });
  }

  /**
   * The token that continues the word where the answer ends with a part of it, otherwise the one that begins it, after
   * a space if it needs one. Undefined within a character and where the vocabulary has no such token.
   */
  next(context: readonly TokenId[], start: number): TokenId | undefined {
    const text = this.#index.textBefore(context, start, this.#reach);
    let [most, rest] = [0, ''];
    for (const { bytes } of this.#spellings) {
      for (let written = bytes.length - 1; written > most; written--) {
        if (this.#endsWithPart(text, bytes, written)) [most, rest] = [written, bytes.slice(written)];
      }
    }
    if (most > 0) return this.#index.longestPrefixOf(rest);
    const last = lastCharacter(text);
    if (last === '\uFFFD') return undefined;
    const space = this.#startsSpaced && beforeSpace.test(last) ? ' ' : '';
    return this.#index.longestPrefixOf(space + (this.#spellings[0]?.bytes ?? ''));
  }

  #spelling(bytes: ByteText): Spelling {
    const starting: TokenId[] = [];
    const inside: TokenId[] = [];
    for (const { token, at } of this.#index.containing(bytes)) {
      const whole = this.#index.bytes(token);
      if (!this.#mayPrecede(whole.slice(at + bytes.length))) continue;
      if (at === 0) starting.push(token);
      else if (this.#mayFollow(whole.slice(0, at))) inside.push(token);
    }
    return { bytes, starting, inside };
  }

  #endsWithPart(text: ByteText, bytes: ByteText, length: number): boolean {
    return text.endsWith(bytes.slice(0, length)) && this.#mayFollow(text.slice(0, text.length - length));
  }

  /** Whether the word may stand after `text`. */
  #mayFollow(text: ByteText): boolean {
    return !this.#startsSpaced || !spacedLetter.test(lastCharacter(text));
  }

  /** Whether `text` may stand after the word. */
  #mayPrecede(text: ByteText): boolean {
    return !this.#endsSpaced || !spacedLetter.test(firstCharacter(text));
  }
}
