import type { TokenId } from '../model.ts';

/** A word, as the tokens it is written with, and what is added to the score of its last token. */
export interface LogitBias {
  /** At least one. */
  readonly tokens: readonly TokenId[];
  /** -100 to 100. */
  readonly bias: number;
}

/**
 * Adds each bias to the last token of its word where the context ends with the tokens before it; for a word of one
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
 * Bans each word: its last token can't follow the tokens before it (a word of one token can't be written at all).
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

/** Whether `context` ends with `word` without its last token. */
function isBeforeLast(context: readonly TokenId[], word: readonly TokenId[]): boolean {
  const start = context.length - word.length + 1;
  if (start < 0) return false;
  for (let place = 0; place < word.length - 1; place++) {
    if (context[start + place] !== word[place]) return false;
  }
  return true;
}
