import type { ScoredToken } from './hypothesis.ts';
import type { Vocabulary } from '../vocabulary.ts';

/** Tokens that one character can be made of, at most. */
export const bytesOfCharacter = 4;

/** The whole characters of `tokens`. */
export function textOf(tokens: readonly ScoredToken[], vocabulary: Vocabulary): string {
  const decoder = vocabulary.textDecoder();
  return tokens.map(({ token }) => decoder.add(token)).join('');
}

/** `text` up to the first of `stopTexts`. */
export function beforeStop(text: string, stopTexts: readonly string[]): string {
  const places = stopTexts.map((stop) => text.indexOf(stop)).filter((place) => place >= 0);
  return places.length > 0 ? text.slice(0, Math.min(...places)) : text;
}

/** The text that stands, and what follows it: a character may be begun by the one and ended by the other. */
export class SettledText {
  readonly #vocabulary: Vocabulary;
  #tokens: readonly ScoredToken[] = [];

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
  }

  settle(tokens: readonly ScoredToken[]): void {
    // No more than a cut character can be made of.
    this.#tokens = [...this.#tokens, ...tokens].slice(-bytesOfCharacter);
  }

  preview(tokens: readonly ScoredToken[]): string {
    const settled = textOf(this.#tokens, this.#vocabulary);
    return textOf([...this.#tokens, ...tokens], this.#vocabulary).slice(settled.length);
  }
}
