import { ForedraftError } from '../contract/error.ts';
import type { GgufFile } from './gguf-file.ts';
import { numbersOf, optionalNumberOf, textOf, textsOf } from './metadata.ts';

const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true };

/** Pre-tokenizers by their GGUF name (tokenizer.ggml.pre). */
const preTokenizers: Readonly<Record<string, object>> = {
  'gpt-2': byteLevel,
  smollm: { type: 'Sequence', pretokenizers: [{ type: 'Digits', individual_digits: true }, byteLevel] },
};

/** GGUF token types (llama_token_type) that ordinary text never encodes to. */
const controlToken = 3;
const userDefinedToken = 4;

/** Tokens that end an answer in common model families, in addition to those named in the metadata. */
const endTexts: ReadonlySet<string> = new Set([
  '<|im_end|>',
  '<|endoftext|>',
  '<|eot_id|>',
  '</s>',
  '<|end|>',
]);

/**
 * Converts the file's tokenizer to the tokenizer.json format of Hugging Face tokenizers.
 * @throws ForedraftError `model-unsupported` unless it is byte-level BPE with a known pre-tokenizer,
 * `model-file-invalid` if lists are missing or inconsistent
 */
export function tokenizerJson(file: GgufFile): object {
  const kind = textOf(file, 'tokenizer.ggml.model');
  if (kind !== 'gpt2') throw unsupported(`a tokenizer of type ${kind || 'unknown'}`, 'gpt2', file);
  const pre = textOf(file, 'tokenizer.ggml.pre');
  const preTokenizer = Object.hasOwn(preTokenizers, pre) ? preTokenizers[pre] : undefined;
  if (!preTokenizer) throw unsupported(`pre-tokenizer ${pre}`, Object.keys(preTokenizers).join(', '), file);
  if (file.metadata['tokenizer.ggml.add_bos_token'] === true) {
    throw unsupported('a BOS token before every text', 'none', file);
  }
  const { tokens, types } = tokensOf(file);
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: tokens.flatMap((content, id) => addedToken(content, id, types[id])),
    normalizer: null,
    pre_tokenizer: preTokenizer,
    post_processor: null,
    decoder: byteLevel,
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
      merges: textsOf(file, 'tokenizer.ggml.merges'),
    },
  };
}

/** Ids of all end tokens, ascending. */
export function endTokensOf(file: GgufFile): number[] {
  const { tokens, types } = tokensOf(file);
  const named = ['tokenizer.ggml.eos_token_id', 'tokenizer.ggml.eot_token_id']
    .map((key) => optionalNumberOf(file, key))
    .filter((id): id is number => id !== undefined && id < tokens.length);
  const known = tokens.flatMap((token, id) =>
    types[id] === controlToken && endTexts.has(token) ? [id] : [],
  );
  return [...new Set([...named, ...known])].sort((one, other) => one - other);
}

/** Special tokens by their name in chat templates, and the key of their id; GGUF spells the separator like this. */
const namedTokenKeys = {
  bos_token: 'bos',
  eos_token: 'eos',
  unk_token: 'unknown',
  sep_token: 'seperator',
  pad_token: 'padding',
  cls_token: 'cls',
  mask_token: 'mask',
} as const;

/** The special tokens that the file names, by what transformers calls them in chat templates. */
export function namedTokensOf(file: GgufFile): Record<string, string> {
  const { tokens } = tokensOf(file);
  const named = Object.entries(namedTokenKeys).flatMap(([name, key]) => {
    const id = optionalNumberOf(file, `tokenizer.ggml.${key}_token_id`);
    const text = id === undefined ? undefined : tokens[id];
    return text === undefined ? [] : [[name, text]];
  });
  return Object.fromEntries(named) as Record<string, string>;
}

function tokensOf(file: GgufFile): { tokens: readonly string[]; types: readonly number[] } {
  const tokens = textsOf(file, 'tokenizer.ggml.tokens');
  const types = numbersOf(file, 'tokenizer.ggml.token_type');
  if (tokens.length === types.length) return { tokens, types };
  throw new ForedraftError(
    'model-file-invalid',
    `${file.path} has ${tokens.length} tokens but ${types.length} token types: download the file again.`,
  );
}

function addedToken(content: string, id: number, type: number | undefined): object[] {
  if (type !== controlToken && type !== userDefinedToken) return [];
  const special = type === controlToken;
  return [{ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special }];
}

function unsupported(what: string, known: string, file: GgufFile): ForedraftError {
  return new ForedraftError(
    'model-unsupported',
    `${file.path} has ${what}, but only ${known} is supported: choose another model.`,
    { path: file.path },
  );
}
