import type { TokenId } from '../../src-main/engine/model.ts';
import { TokenIndex } from '../../src-main/engine/policy/token-index.ts';
import { Word } from '../../src-main/engine/policy/word.ts';
import type { Vocabulary } from '../../src-main/engine/vocabulary.ts';

const characterOf = (id: number) => String.fromCodePoint(0x20000 + id);

/** Each token is a Chinese character, so that any tokens in a row are a word. */
const characters: Vocabulary = {
  text: characterOf,
  bytes: (id) => new TextEncoder().encode(characterOf(id)),
  textDecoder: () => ({ add: characterOf }),
};

/** Makes words of tokens, of which there are `size`. */
export function wordsOf(size: number): (tokens: readonly TokenId[]) => Word {
  const index = new TokenIndex(characters, size);
  return (tokens) => new Word(tokens.map(characterOf).join(''), index);
}
