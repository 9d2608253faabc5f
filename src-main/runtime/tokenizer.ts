import { Tokenizer as LibraryTokenizer } from '@huggingface/tokenizers';
import { ForedraftError } from '../contract/error.ts';
import type { TokenId } from '../engine/model.ts';
import { bytesOfEntry } from './byte-level.ts';
import { withUnicodeClasses } from './pre-tokenizer.ts';
import type { TokenizerFile } from './tokenizer-file.ts';
import { readTokenizerFile } from './tokenizer-file.ts';

export interface Tokenizer {
  /** One more than the highest token. */
  readonly vocabularySize: number;
  /** The tokens of `text`. Special tokens written in it are recognised; none is added. */
  encode(text: string): TokenId[];
  /** The bytes that a token adds to a text: none for a special token or one without an entry. */
  bytes(token: TokenId): Uint8Array;
  /** How a token is shown by itself: U+FFFD for parts of characters, special tokens as written. */
  text(token: TokenId): string;
}

interface Entry {
  readonly bytes: Uint8Array;
  readonly text: string;
}

const noEntry: Entry = { bytes: new Uint8Array(), text: '' };

function entriesOf(file: TokenizerFile): Entry[] {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const entries: Entry[] = [];
  for (const [entry, token] of Object.entries(file.model.vocab)) {
    const bytes = bytesOfEntry(entry);
    entries[token] = { bytes, text: decoder.decode(bytes) };
  }
  for (const { id, content, special } of file.added_tokens) {
    entries[id] = { bytes: special ? noEntry.bytes : new TextEncoder().encode(content), text: content };
  }
  return entries;
}

/**
 * Loads a tokenizer.json of byte-level BPE.
 * @throws ForedraftError `model-missing`, `model-file-invalid`, `model-unsupported`
 */
export function loadTokenizer(file: string): Tokenizer {
  const content = readTokenizerFile(file);
  const entries = entriesOf(content);
  let library: LibraryTokenizer;
  try {
    library = new LibraryTokenizer(
      { ...content, pre_tokenizer: withUnicodeClasses(content.pre_tokenizer) },
      {},
    );
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new ForedraftError(
      'model-unsupported',
      `The tokenizer ${file} can't be used (${cause}): choose another model.`,
      { file },
    );
  }
  return {
    vocabularySize: entries.length,
    encode: (text) => library.encode(text, { add_special_tokens: false }).ids as TokenId[],
    bytes: (token) => (entries[token] ?? noEntry).bytes,
    text: (token) => (entries[token] ?? noEntry).text,
  };
}
