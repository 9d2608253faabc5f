import { ForedraftError } from '../contract/error.ts';
import type { GgufFile } from './gguf-file.ts';
import { numbersOf, optionalNumberOf, textOf, textsOf } from './metadata.ts';

const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true };

/** Pre-tokenizers by their GGUF name (tokenizer.ggml.pre). */
const preTokenizers: Readonly<Record<string, object>> = {
  'gpt-2': byteLevel,
  smollm: { type: 'Sequence', pretokenizers: [{ type: 'Digits', individual_digits: true }, byteLevel] },
};

/** GGUF token types (llama_token_type); control and user-defined tokens aren't made by merges. */
const normalToken = 1;
const controlToken = 3;
const userDefinedToken = 4;

/** Keys of the ids of end tokens. */
const endTokenKeys = ['eos', 'eot', 'eom'].map((name) => `tokenizer.ggml.${name}_token_id`);

/** Tokens that end an answer in common model families, in addition to those named in the metadata. */
const endTexts: ReadonlySet<string> = new Set([
  ...['<|im_end|>', '<|endoftext|>', '<|end_of_text|>', '<|eot_id|>', '<|eom_id|>', '<|end|>', '<|return|>'],
  ...['<end_of_turn>', '<end_of_utterance>', '<｜end▁of▁sentence｜>', '<EOT>', '_<EOT>', '[EOT]', '[EOS]'],
  ...['<|call|>', '<|eot|>', '<|eos|>', '<|end_of_turn|>', '<|endofturn|>', '<|END_OF_TURN_TOKEN|>'],
  ...['</s>', '<eos>'],
]);

/** Tokens that begin a turn; files type some of these and of the end tokens as text. */
const startTexts: ReadonlySet<string> = new Set([
  ...['<|im_start|>', '<|begin_of_text|>', '<|start_header_id|>', '<|end_header_id|>', '<start_of_turn>'],
  ...['<|system|>', '<|user|>', '<|assistant|>', '<|tool|>', '<|observation|>', '<|im_sep|>'],
  ...['<|start|>', '<|message|>', '<|channel|>', '<|constrain|>', '<|startoftext|>', '<|bos|>'],
  ...[
    '<|start_of_turn|>',
    '<|START_OF_TURN_TOKEN|>',
    '<｜begin▁of▁sentence｜>',
    '<｜User｜>',
    '<｜Assistant｜>',
  ],
]);

/** Also HTML, or words in brackets, so that the type decides. */
const ambiguousTexts: ReadonlySet<string> = new Set(['</s>', '<eos>', '[EOT]', '[EOS]', '_<EOT>']);

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
  if (!preTokenizer)
    throw unsupported(
      pre === '' ? 'no tokenizer.ggml.pre' : `pre-tokenizer ${pre}`,
      Object.keys(preTokenizers).join(', '),
      file,
    );
  if (file.metadata['tokenizer.ggml.add_bos_token'] === true) {
    throw unsupported('a BOS token before every text', 'none', file);
  }
  const { tokens, types } = tokensOf(file);
  const vocab = vocabOf(tokens, types);
  const duplicates = duplicatesOf(tokens, vocab);
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: tokens.flatMap((content, id) => addedToken(content, id, types[id])),
    ...(duplicates.length > 0 && { duplicate_entries: duplicates }),
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
      vocab,
      merges: textsOf(file, 'tokenizer.ggml.merges'),
    },
  };
}

/** Ids of all end tokens, ascending. */
export function endTokensOf(file: GgufFile): number[] {
  const { tokens, types } = tokensOf(file);
  const named = namedEndTokens(file, tokens);
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

function namedEndTokens(file: GgufFile, tokens: readonly string[]): number[] {
  return endTokenKeys
    .map((key) => optionalNumberOf(file, key))
    .filter((id): id is number => id !== undefined && id < tokens.length);
}

/** All tokens and their types: control where the name or the metadata says so, whatever type the file gives. */
function tokensOf(file: GgufFile): { tokens: readonly string[]; types: readonly number[] } {
  const tokens = textsOf(file, 'tokenizer.ggml.tokens');
  const types =
    file.metadata['tokenizer.ggml.token_type'] === undefined
      ? tokens.map(() => normalToken)
      : numbersOf(file, 'tokenizer.ggml.token_type');
  if (tokens.length === types.length) {
    const ends = new Set(namedEndTokens(file, tokens));
    const isControl = (token: string, id: number) =>
      ends.has(id) || ((endTexts.has(token) || startTexts.has(token)) && !ambiguousTexts.has(token));
    return { tokens, types: types.map((type, id) => (isControl(tokens[id]!, id) ? controlToken : type)) };
  }
  throw new ForedraftError(
    'model-file-invalid',
    `${file.path} has ${tokens.length} tokens but ${types.length} token types: download the file again.`,
  );
}

/** The id of each text: of several, the last that isn't a control token, since text is encoded to it. */
function vocabOf(tokens: readonly string[], types: readonly number[]): Record<string, number> {
  const entries = tokens.map((token, id) => [token, id] as const);
  const isControl = ([, id]: readonly [string, number]) => types[id] === controlToken;
  return Object.fromEntries([...entries.filter(isControl), ...entries.filter((entry) => !isControl(entry))]);
}

/** The tokens whose text another id has in the vocabulary: they are decoded, but never encoded to. */
function duplicatesOf(tokens: readonly string[], vocab: Readonly<Record<string, number>>): object[] {
  return tokens.flatMap((content, id) => (vocab[content] === id ? [] : [{ id, content }]));
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
