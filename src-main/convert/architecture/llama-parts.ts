import { ForedraftError } from '../../contract/error.ts';
import type { GgufFile } from '../gguf-file.ts';

/** Numbers that the graph is made from, by their key after `llama.`. */
const usedNumbers: readonly string[] = [
  'block_count',
  'context_length',
  'embedding_length',
  'feed_forward_length',
  'attention.head_count',
  'attention.head_count_kv',
  'attention.key_length',
  'attention.value_length',
  'attention.layer_norm_rms_epsilon',
  'rope.freq_base',
  'rope.dimension_count',
  'vocab_size',
];

/** Settings of what the graph doesn't have, with the values that leave it out. */
const neutralValues: Readonly<Record<string, readonly unknown[]>> = {
  'rope.scaling.type': ['', 'none'],
  'rope.scaling.factor': [0, 1],
  'rope.scale_linear': [0, 1],
  'rope.scaling.attn_factor': [0, 1],
  'attention.causal': [true],
  'attention.scale': [0],
  'attention.sliding_window': [0],
  'attention.clamp_kqv': [0],
  'attention.max_alibi_bias': [0],
  logit_scale: [0, 1],
  embedding_scale: [0, 1],
  residual_scale: [0, 1],
  use_parallel_residual: [false],
  expert_count: [0],
  expert_used_count: [0],
};

/** Facts about the model's making; scaling of another kind than none is refused by its type. */
const facts: readonly string[] = [
  'tensor_data_layout',
  'rope.scaling.original_context_length',
  'rope.scaling.finetuned',
];

const modelTensors = /^(?:token_embd|output_norm|output|rope_freqs)\.weight$/;
const layerTensors = /^blk\.(0|[1-9]\d*)\.(?:attn_(?:q|k|v|output|norm)|ffn_(?:gate|up|down|norm))\.weight$/;

/**
 * Refuses, by name, every setting and tensor that the graph would leave out: without it, the model would be another.
 * @throws ForedraftError `model-unsupported`
 */
export function rejectUnknownParts(file: GgufFile, layers: number): void {
  const type = file.metadata['general.type'];
  if (type !== undefined && type !== 'model') throw unsupported(file, `the type ${shown(type)}`);
  for (const [key, value] of Object.entries(file.metadata)) rejectUnknownKey(file, key, value);
  for (const tensor of file.tensorNames()) {
    const layer = layerTensors.exec(tensor)?.[1];
    const known = layer === undefined ? modelTensors.test(tensor) : Number(layer) < layers;
    if (!known) throw unsupported(file, `the tensor ${tensor}`);
  }
}

/** Keys outside of `llama.` describe the file or the tokenizer, unless they are about weights or positions. */
function rejectUnknownKey(file: GgufFile, key: string, value: unknown): void {
  const name = key.startsWith('llama.') ? key.slice('llama.'.length) : undefined;
  if (name === undefined) {
    if (/^(?:adapter|clip)\.|\.rope\./.test(key)) throw unsupported(file, `the setting ${key}`);
    return;
  }
  const plain = typeof value === 'bigint' ? Number(value) : value;
  const known = usedNumbers.includes(name)
    ? typeof plain === 'number'
    : facts.includes(name) || (Object.hasOwn(neutralValues, name) && neutralValues[name]?.includes(plain));
  if (!known) throw unsupported(file, `${key} = ${shown(plain)}`);
}

function shown(value: unknown): string {
  return Array.isArray(value) ? `a list of ${value.length}` : `${value as string | number | boolean}`;
}

function unsupported(file: GgufFile, what: string): ForedraftError {
  return new ForedraftError(
    'model-unsupported',
    `${file.path} has ${what}, which isn't supported yet: choose another model.`,
    { path: file.path },
  );
}
