import type { TokenId } from '../model.ts';

/**
 * Words that the answer has to contain. While one is missing, its next token gets a bias, the first one or, where
 * the answer ends with a begun word, the one that goes on with it; and the end tokens are banned, so that only the
 * length can end an answer without it (a soft form of the lexical constraints of Hokamp and Liu 2017).
 * @param scores changed in place
 * @param words each as its tokens, at least one
 * @param bias added to the score of the next token: 0 to 100, common are 2 to 8
 * @param start where the answer begins in the context
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

/** How many tokens of `word` are written: all if it occurs anywhere, else how many the context ends with. */
function writtenPart(context: readonly TokenId[], word: readonly TokenId[], start: number): number {
  for (let place = start; place < context.length; place++) {
    let length = 0;
    while (length < word.length && context[place + length] === word[length]) length++;
    if (length === word.length || place + length === context.length) return length;
  }
  return 0;
}
