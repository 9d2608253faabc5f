import type { TokenId } from '../engine/model.ts';
import type { TokenTextDecoder, Vocabulary } from '../engine/vocabulary.ts';
import type { Tokenizer } from './tokenizer.ts';

/**
 * Joins tokens' bytes to characters. A character's bytes may be spread over several tokens; what
 * can't become a character any more comes out as U+FFFD, and a cut character at the end not at all.
 */
function textDecoder(tokenizer: Tokenizer): TokenTextDecoder {
  // A byte order mark is text here, not a sign of the encoding.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return { add: (token: TokenId) => decoder.decode(tokenizer.bytes(token), { stream: true }) };
}

/** The engine's view of a tokenizer. */
export function vocabularyOf(tokenizer: Tokenizer): Vocabulary {
  return {
    text: (token) => tokenizer.text(token),
    textDecoder: () => textDecoder(tokenizer),
  };
}
