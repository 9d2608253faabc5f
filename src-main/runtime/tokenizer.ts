import { Tokenizer as LibraryTokenizer } from '@huggingface/tokenizers';
import { ForedraftError } from '../contract/error.ts';
import type { TokenId } from '../engine/model.ts';
import type { TokenTextDecoder, Vocabulary } from '../engine/vocabulary.ts';
import { withUnicodeClasses } from './pre-tokenizer.ts';
import type { PromptPart } from './prompt-part.ts';
import type { TokenizerFile } from './tokenizer-file.ts';
import { readTokenizerFile } from './tokenizer-file.ts';

export interface Tokenizer {
  /** One more than the highest token. */
  readonly vocabularySize: number;
  /** Texts of the control tokens (special tokens), which no text is encoded to. */
  readonly controlTokens: readonly string[];
  /** The tokens of text from a user or a model: never a control token, whatever it contains. */
  encodeText(text: string): TokenId[];
  /** The tokens of a prompt in which control tokens are marked; none are added. */
  encodePrompt(parts: readonly PromptPart[]): TokenId[];
  /** The bytes that a token adds to a text: none for a special token or one without an entry. */
  bytes(token: TokenId): Uint8Array;
  /** A token as shown by itself: U+FFFD for parts of characters, special tokens as written. */
  text(token: TokenId): string;
}

/**
 * Loads a tokenizer.json of byte-level BPE.
 * @throws ForedraftError `model-missing`, `model-file-invalid`, `model-unsupported`
 */
export function loadTokenizer(file: string): Tokenizer {
  const content = readTokenizerFile(file);
  const entries = entriesOf(content);
  const controlIds = new Map(
    content.added_tokens.flatMap(({ id, content: text, special }) =>
      special ? [[text, id as TokenId]] : [],
    ),
  );
  let library: LibraryTokenizer;
  try {
    library = new LibraryTokenizer(
      { ...withoutControlTokens(content), pre_tokenizer: withUnicodeClasses(content.pre_tokenizer) },
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
  const encodeText = (text: string) => library.encode(text, { add_special_tokens: false }).ids as TokenId[];
  return {
    vocabularySize: entries.length,
    controlTokens: [...controlIds.keys()],
    encodeText,
    encodePrompt: (parts) =>
      joined(parts).flatMap((part) => {
        if ('text' in part) return encodeText(part.text);
        const id = controlIds.get(part.control);
        if (id === undefined) throw new RangeError(`${part.control} is no control token`);
        return [id];
      }),
    bytes: (token) => (entries[token] ?? noEntry).bytes,
    text: (token) => (entries[token] ?? noEntry).text,
  };
}

/** The tokenizer of texts: control tokens are neither recognised nor made by merges. */
function withoutControlTokens(content: TokenizerFile): TokenizerFile {
  const control = new Set(
    content.added_tokens.flatMap(({ content: text, special }) => (special ? [text] : [])),
  );
  const merges = content.model.merges.filter((merge) => {
    const pair: unknown = typeof merge === 'string' ? merge.split(' ') : merge;
    return !(Array.isArray(pair) && control.has(pair.join('')));
  });
  const added = content.added_tokens.filter(({ special }) => !special);
  return { ...content, added_tokens: added, model: { ...content.model, merges } };
}

/** Neighbouring texts as one, since tokens may span them. */
function joined(parts: readonly PromptPart[]): PromptPart[] {
  const found: PromptPart[] = [];
  for (const part of parts) {
    const last = found.at(-1);
    if ('text' in part && last && 'text' in last) found[found.length - 1] = { text: last.text + part.text };
    else found.push(part);
  }
  return found;
}

/** A tokenizer as the engine's `Vocabulary`. */
export function vocabularyOf(tokenizer: Tokenizer): Vocabulary {
  return {
    text: (token) => tokenizer.text(token),
    bytes: (token) => tokenizer.bytes(token),
    textDecoder: () => textDecoder(tokenizer),
  };
}

/**
 * Joins tokens' bytes to characters, whose bytes may be spread over several tokens. Invalid bytes become U+FFFD; an
 * incomplete character at the end is left out.
 */
function textDecoder(tokenizer: Tokenizer): TokenTextDecoder {
  // A byte order mark is part of the text.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return { add: (token: TokenId) => decoder.decode(tokenizer.bytes(token), { stream: true }) };
}

interface Entry {
  readonly bytes: Uint8Array;
  readonly text: string;
}

const noEntry: Entry = { bytes: new Uint8Array(), text: '' };

function entriesOf(file: TokenizerFile): Entry[] {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const entries: Entry[] = [];
  const duplicates = (file.duplicate_entries ?? []).map(({ id, content }) => [content, id] as const);
  for (const [entry, token] of [...Object.entries(file.model.vocab), ...duplicates]) {
    const bytes = bytesOfEntry(entry);
    entries[token] = { bytes, text: decoder.decode(bytes) };
  }
  for (const { id, content, special } of file.added_tokens) {
    entries[id] = { bytes: special ? noEntry.bytes : new TextEncoder().encode(content), text: content };
  }
  return entries;
}

/**
 * Byte-level BPE writes a token's bytes as printable characters: bytes that are printable Latin-1 characters
 * stand for themselves, the other 68 are mapped to the characters from U+0100 on, in byte order.
 */
function byteOfCharacter(): ReadonlyMap<string, number> {
  const bytes = new Map<string, number>();
  let next = 0x100;
  for (let byte = 0; byte < 256; byte++) {
    const printable = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xff && byte !== 0xad);
    bytes.set(String.fromCodePoint(printable ? byte : next++), byte);
  }
  return bytes;
}

const byteOf = byteOfCharacter();

/** The bytes of a vocabulary entry; an entry with any other character is plain text. */
function bytesOfEntry(entry: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of entry) {
    const byte = byteOf.get(character);
    if (byte === undefined) return new TextEncoder().encode(entry);
    bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}
