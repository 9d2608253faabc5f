import { fold } from '../../../src-main/contract/fold.ts';

/** The words of a search, folded. */
export function wordsOf(query: string): readonly string[] {
  return fold(query).split(' ').filter(Boolean);
}

/** Whether `text` contains every one of `words`, which are folded, in any order. */
export function containsAll(text: string, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const folded = fold(text);
  return words.every((word) => folded.includes(word));
}
