import { ForedraftError } from '../../contract/error.ts';
import type { GgufFile } from '../gguf-file.ts';
import { numberOf, optionalNumberOf, sizeOf } from '../metadata.ts';
import { rejectUnknownParts } from './llama-parts.ts';

/** Hyperparameters of a Llama-family model. */
export interface LlamaConfig {
  readonly layers: number;
  readonly hidden: number;
  readonly feedForward: number;
  readonly heads: number;
  readonly keyValueHeads: number;
  readonly headSize: number;
  readonly vocabulary: number;
  readonly contextLength: number;
  readonly ropeBase: number;
  /** Epsilon of every RMS norm. */
  readonly epsilon: number;
}

function unsupported(file: GgufFile, what: string): ForedraftError {
  return new ForedraftError(
    'model-unsupported',
    `${file.path} has ${what}, which isn't supported yet: choose another model.`,
    { path: file.path },
  );
}

/**
 * Reads and checks the hyperparameters.
 * @throws ForedraftError `model-file-invalid` for inconsistent shapes, `model-unsupported` for variants of the
 * architecture that the graph doesn't implement
 */
export function llamaConfig(file: GgufFile): LlamaConfig {
  const layers = sizeOf(file, 'llama.block_count', 1000);
  rejectUnknownParts(file, layers);
  const heads = sizeOf(file, 'llama.attention.head_count', 1024);
  const hidden = sizeOf(file, 'llama.embedding_length');
  const config = {
    layers,
    hidden,
    feedForward: sizeOf(file, 'llama.feed_forward_length'),
    heads,
    keyValueHeads: optionalNumberOf(file, 'llama.attention.head_count_kv') ?? heads,
    headSize: optionalNumberOf(file, 'llama.attention.key_length') ?? hidden / heads,
    vocabulary: file.shape('token_embd.weight')[0] ?? 0,
    contextLength: sizeOf(file, 'llama.context_length', 1 << 20),
    ropeBase: optionalNumberOf(file, 'llama.rope.freq_base') ?? 10000,
    epsilon: numberOf(file, 'llama.attention.layer_norm_rms_epsilon'),
  };
  checkShapes(file, config);
  return config;
}

function checkShapes(file: GgufFile, config: LlamaConfig): void {
  const { hidden, heads, keyValueHeads, headSize, feedForward } = config;
  const rotated = optionalNumberOf(file, 'llama.rope.dimension_count') ?? headSize;
  if (rotated !== headSize)
    throw unsupported(file, `rotary embeddings on ${rotated} of ${headSize} dimensions`);
  const valueSize = optionalNumberOf(file, 'llama.attention.value_length') ?? headSize;
  if (valueSize !== headSize)
    throw unsupported(file, `values of ${valueSize} and keys of ${headSize} dimensions`);
  if (!Number.isInteger(headSize) || headSize % 2 !== 0 || heads % keyValueHeads !== 0) {
    throw unsupported(file, `${heads} heads with ${keyValueHeads} key-value heads on ${hidden} dimensions`);
  }
  expectShape(file, 'token_embd.weight', [config.vocabulary, hidden]);
  for (let layer = 0; layer < config.layers; layer++) {
    const prefix = `blk.${layer}.`;
    expectShape(file, `${prefix}attn_q.weight`, [heads * headSize, hidden]);
    expectShape(file, `${prefix}attn_k.weight`, [keyValueHeads * headSize, hidden]);
    expectShape(file, `${prefix}attn_v.weight`, [keyValueHeads * headSize, hidden]);
    expectShape(file, `${prefix}attn_output.weight`, [hidden, heads * headSize]);
    expectShape(file, `${prefix}ffn_gate.weight`, [feedForward, hidden]);
    expectShape(file, `${prefix}ffn_up.weight`, [feedForward, hidden]);
    expectShape(file, `${prefix}ffn_down.weight`, [hidden, feedForward]);
    expectShape(file, `${prefix}attn_norm.weight`, [hidden]);
    expectShape(file, `${prefix}ffn_norm.weight`, [hidden]);
  }
  expectShape(file, 'output_norm.weight', [hidden]);
  if (file.has('output.weight')) expectShape(file, 'output.weight', [config.vocabulary, hidden]);
  if (file.has('rope_freqs.weight')) expectShape(file, 'rope_freqs.weight', [headSize / 2]);
}

function expectShape(file: GgufFile, tensor: string, expected: readonly number[]): void {
  const shape = file.shape(tensor);
  if (shape.length === expected.length && shape.every((size, index) => size === expected[index])) return;
  throw new ForedraftError(
    'model-file-invalid',
    `Tensor ${tensor} of ${file.path} is ${shape.join(' x ')}, expected ${expected.join(' x ')}: download the file again.`,
    { tensor },
  );
}
