import type { GgufContent, GgufTensor, MetadataValue } from './gguf-writer.ts';
import { tinySizes } from './tiny-llama.ts';
import { generator } from '../native/random.ts';

/** Names of tensors by what they have as input. */
const groups = [['attn_q', 'attn_k', 'attn_v'], ['attn_output'], ['ffn_gate', 'ffn_up'], ['ffn_down']];

export interface TinyAdapter {
  metadata: Record<string, MetadataValue>;
  tensors: Record<string, GgufTensor>;
}

export interface TinyAdapterOptions {
  readonly rank?: number;
  readonly alpha?: number;
  readonly seed?: number;
  /** Magnitude of B. */
  readonly size?: number;
}

/**
 * A LoRA adapter of `tinyLlama` in float32.
 * @param target SHA-256 of the model's file
 */
export function tinyAdapter(
  target: string,
  { rank = 32, alpha = rank, seed = 1, size = 0.05 }: TinyAdapterOptions = {},
): TinyAdapter {
  const random = generator(seed);
  const matrix = (rows: number, columns: number, magnitude: number): GgufTensor => ({
    shape: [rows, columns],
    values: Float32Array.from({ length: rows * columns }, () => magnitude * (2 * random() - 1)),
  });
  const tensors: Record<string, GgufTensor> = {};
  for (let layer = 0; layer < tinySizes.layers; layer++) {
    for (const group of groups) {
      const a = matrix(rank, columnsOf(group[0]!), 0.3);
      for (const name of group) {
        tensors[`blk.${layer}.${name}.weight.lora_a`] = a;
        tensors[`blk.${layer}.${name}.weight.lora_b`] = matrix(rowsOf(name), rank, size);
      }
    }
  }
  const metadata: Record<string, MetadataValue> = {
    'general.type': 'adapter',
    'general.architecture': 'llama',
    'general.name': 'editor',
    'adapter.type': 'lora',
    'adapter.lora.alpha': { float: alpha },
    'foredraft.target.sha256': target,
  };
  return { metadata, tensors } satisfies GgufContent;
}

function columnsOf(name: string): number {
  return name === 'ffn_down' ? tinySizes.feedForward : tinySizes.hidden;
}

function rowsOf(name: string): number {
  const { hidden, keyValueHeads, headSize, feedForward } = tinySizes;
  if (name === 'attn_k' || name === 'attn_v') return keyValueHeads * headSize;
  return name === 'ffn_gate' || name === 'ffn_up' ? feedForward : hidden;
}

/** Adds scale · B · A to the weights that the adapter is for, in the order of the file. */
export function merge(
  model: { readonly tensors: Record<string, GgufTensor> },
  { tensors }: Pick<TinyAdapter, 'tensors'>,
  scale: number,
): void {
  for (const [name, { shape, values }] of Object.entries(model.tensors)) {
    const [a, b] = [tensors[`${name}.lora_a`], tensors[`${name}.lora_b`]];
    if (!a || !b) continue;
    const [columns, rank] = [shape[1]!, a.shape[0]!];
    const merged = values.map((value, index) => {
      const [row, column] = [Math.floor(index / columns), index % columns];
      let sum = 0;
      for (let k = 0; k < rank; k++) sum += b.values[row * rank + k]! * a.values[k * columns + column]!;
      return value + scale * sum;
    });
    model.tensors[name] = { shape, values: merged };
  }
}
