import type { TokenId } from '../model.ts';
import type { Word } from './word.ts';

/** A word, and the bias added to the score of each token that completes it. */
export interface LogitBias {
  readonly word: Word;
  /** -100 to 100. */
  readonly bias: number;
}

/**
 * Adds each bias to every token that completes its word, once. Biases of several words for one token add up.
 * @param scores changed in place
 */
export function applyLogitBiases(
  scores: Float32Array,
  context: readonly TokenId[],
  biases: readonly LogitBias[],
): void {
  for (const { word, bias } of biases) {
    for (const token of word.completions(context)) scores[token]! += bias;
  }
}

/**
 * Bans every token that completes one of `words`.
 * @param scores changed in place
 */
export function banWords(scores: Float32Array, context: readonly TokenId[], words: readonly Word[]): void {
  for (const word of words) {
    for (const token of word.completions(context)) scores[token] = -Infinity;
  }
}

/**
 * Words that the answer must contain. While a word is missing, its next token gets a bias: its first one or, where
 * the answer ends with a part of the word, the one that continues it. The end tokens are banned meanwhile, so that
 * only the length can end an answer without the word (a soft form of the lexical constraints of Hokamp and Liu 2017).
 * @param scores changed in place
 * @param bias added to the score of the next token: 0 to 100, commonly 2 to 8
 * @param start index in the context where the answer begins
 */
export function forceWords(
  scores: Float32Array,
  context: readonly TokenId[],
  words: readonly Word[],
  bias: number,
  endTokens: ReadonlySet<TokenId>,
  start: number,
): void {
  const missing = words.filter((word) => !word.isIn(context, start));
  if (missing.length === 0) return;
  for (const word of missing) {
    const next = word.next(context, start);
    if (next !== undefined) scores[next]! += bias;
  }
  for (const token of endTokens) scores[token] = -Infinity;
}
