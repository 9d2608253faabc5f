import type { TokenId } from '../model.ts';

/**
 * For every number of tokens taken off the end of `context`, how many tokens before the cut equal the end of the
 * context. Linear in its length, however repetitive it is: Gusfield's Z algorithm, read from the end.
 * @param start the context is taken to begin here
 */
export function suffixMatches(context: readonly TokenId[], start: number): Int32Array {
  const size = context.length - start;
  const matches = new Int32Array(size);
  const last = context.length - 1;
  // The match that reaches furthest back: it begins at `begin` and ends before `end`, counted from the end.
  let begin = 0;
  let end = 0;
  for (let back = 1; back < size; back++) {
    let length = back < end ? Math.min(end - back, matches[back - begin]!) : 0;
    while (back + length < size && context[last - length] === context[last - back - length]) length++;
    matches[back] = length;
    if (back + length > end) {
      begin = back;
      end = back + length;
    }
  }
  return matches;
}
