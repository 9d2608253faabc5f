import type { TokenId } from '../model.ts';

/** A word as the tokens it is written with, and the bias added to the score of its last token. */
export interface LogitBias {
  /** At least one. */
  readonly tokens: readonly TokenId[];
  /** -100 to 100. */
  readonly bias: number;
}

/**
 * Adds each bias to the last token of its word if the context ends with the tokens before it; for a word of one
 * token that is everywhere. Biases of the same token add up.
 * @param scores changed in place
 */
export function applyLogitBiases(
  scores: Float32Array,
  context: readonly TokenId[],
  biases: readonly LogitBias[],
): void {
  for (const { tokens, bias } of biases) {
    if (isBeforeLast(context, tokens)) scores[tokens.at(-1)!]! += bias;
  }
}

/**
 * Bans each word: its last token can't follow the tokens before it (a word of one token is banned altogether).
 * @param scores changed in place
 */
export function banWords(
  scores: Float32Array,
  context: readonly TokenId[],
  words: readonly (readonly TokenId[])[],
): void {
  for (const tokens of words) {
    if (isBeforeLast(context, tokens)) scores[tokens.at(-1)!] = -Infinity;
  }
}

/** Whether `context` ends with all tokens of `word` but its last. */
function isBeforeLast(context: readonly TokenId[], word: readonly TokenId[]): boolean {
  const start = context.length - word.length + 1;
  if (start < 0) return false;
  for (let place = 0; place < word.length - 1; place++) {
    if (context[start + place] !== word[place]) return false;
  }
  return true;
}

/**
 * Words that the answer must contain. While a word is missing, its next token gets a bias: its first one or, where
 * the answer ends with a part of the word, the one that continues it. The end tokens are banned meanwhile, so that
 * only the length can end an answer without the word (a soft form of the lexical constraints of Hokamp and Liu 2017).
 * @param scores changed in place
 * @param words each as its tokens, at least one
 * @param bias added to the score of the next token: 0 to 100, commonly 2 to 8
 * @param start index in the context where the answer begins
 */
export function forceWords(
  scores: Float32Array,
  context: readonly TokenId[],
  words: readonly (readonly TokenId[])[],
  bias: number,
  endTokens: ReadonlySet<TokenId>,
  start: number,
): void {
  let missing = false;
  for (const word of words) {
    const written = writtenPart(context, word, start);
    if (written === word.length) continue;
    missing = true;
    scores[word[written]!]! += bias;
  }
  if (missing) for (const token of endTokens) scores[token] = -Infinity;
}

/** How many tokens of `word` are written: all if it occurs anywhere, otherwise how many the context ends with. */
function writtenPart(context: readonly TokenId[], word: readonly TokenId[], start: number): number {
  for (let place = start; place < context.length; place++) {
    let length = 0;
    while (length < word.length && context[place + length] === word[length]) length++;
    if (length === word.length || place + length === context.length) return length;
  }
  return 0;
}
