import type { TokenId } from './model.ts';

/** What the engine needs of a tokenizer to turn tokens into text. */
export interface Vocabulary {
  /** One token as shown by itself, in a list of alternatives. */
  text(token: TokenId): string;
  /** A new decoder for one answer. */
  textDecoder(): TokenTextDecoder;
}

/** Turns consecutive tokens into whole characters. */
export interface TokenTextDecoder {
  /** The characters that `token` completes; '' while a character is incomplete. */
  add(token: TokenId): string;
}
