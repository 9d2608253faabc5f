import type { TokenId } from './model.ts';

/** What the engine needs of a tokenizer to turn tokens into text. */
export interface Vocabulary {
  /** One token as shown by itself, in a list of alternatives. */
  text(token: TokenId): string;
  /** The bytes of UTF-8 that a token adds to a text; none for a special token. */
  bytes(token: TokenId): Uint8Array;
  /** A new decoder for one answer. */
  textDecoder(): TokenTextDecoder;
}

/** Turns consecutive tokens into whole characters. */
export interface TokenTextDecoder {
  /** The characters that `token` completes; '' while a character is incomplete. */
  add(token: TokenId): string;
}
