import { Tokenizer as LibraryTokenizer } from '@huggingface/tokenizers';
import { ForedraftError } from '../contract/error.ts';
import type { TokenId } from '../engine/model.ts';
import type { TokenTextDecoder, Vocabulary } from '../engine/vocabulary.ts';
import { byteOf } from './byte-characters.ts';
import { LongTextEncoder, partLength } from './long-text.ts';
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
  /**
   * As `encodeText`, for a text of any length: yields to other work between steps of some ten milliseconds.
   * @param most undefined is returned, early if possible, for a text of more tokens than this; default no limit
   */
  encodeLongText(text: string, most?: number): Promise<TokenId[] | undefined>;
  /** As `encodePrompt`, in steps and with a limit as `encodeLongText`. */
  encodeLongPrompt(parts: readonly PromptPart[], most?: number): Promise<TokenId[] | undefined>;
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
  const textContent = withoutControlTokens(content);
  const library = libraryTokenizer(textContent, file);
  const encodeText = (text: string) => library.encode(text, { add_special_tokens: false }).ids as TokenId[];
  const controlId = (text: string): TokenId => {
    const id = controlIds.get(text);
    if (id === undefined) throw new RangeError(`${text} is no control token`);
    return id;
  };
  let longTexts: LongTextEncoder | undefined;
  const encodeLongText = async (text: string, most = Infinity) => {
    if (text.length > partLength) {
      longTexts ??= new LongTextEncoder(library, textContent);
      return await longTexts.encode(text, most);
    }
    const tokens = encodeText(text);
    return tokens.length > most ? undefined : tokens;
  };
  return {
    vocabularySize: entries.length,
    controlTokens: [...controlIds.keys()],
    encodeText,
    encodePrompt: (parts) =>
      joined(parts).flatMap((part) => ('text' in part ? encodeText(part.text) : [controlId(part.control)])),
    encodeLongText,
    encodeLongPrompt: async (parts, most = Infinity) => {
      const tokens: TokenId[] = [];
      for (const part of joined(parts)) {
        const added =
          'text' in part ? await encodeLongText(part.text, most - tokens.length) : [controlId(part.control)];
        if (added === undefined) return undefined;
        for (const token of added) tokens.push(token);
      }
      return tokens.length > most ? undefined : tokens;
    },
    bytes: (token) => (entries[token] ?? noEntry).bytes,
    text: (token) => (entries[token] ?? noEntry).text,
  };
}

/** @throws ForedraftError `model-unsupported` */
function libraryTokenizer(content: TokenizerFile, file: string): LibraryTokenizer {
  try {
    return new LibraryTokenizer({ ...content, pre_tokenizer: withUnicodeClasses(content.pre_tokenizer) }, {});
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new ForedraftError(
      'model-unsupported',
      `The tokenizer ${file} can't be used (${cause}): choose another model.`,
      { file },
    );
  }
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
