import type { GgufContent, GgufTensor, MetadataValue } from './gguf-writer.ts';

export const tinySizes = { layers: 2, hidden: 64, heads: 2, keyValueHeads: 1, headSize: 32, feedForward: 96 };

/** Deterministic weights between -0.1 and 0.1. */
function weights(seed: number, ...shape: number[]): GgufTensor {
  let state = (seed * 2654435761) >>> 0;
  const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
  for (let index = 0; index < values.length; index++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    values[index] = (state / 2 ** 32 - 0.5) / 5;
  }
  return { shape, values };
}

/** One token per byte, and an end token. */
export function tinyTokens(): string[] {
  const printable = (byte: number) => (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte !== 0xad);
  let next = 0x100;
  const bytes = Array.from({ length: 256 }, (_, byte) =>
    String.fromCodePoint(printable(byte) ? byte : next++),
  );
  return [...bytes, '<|im_end|>'];
}

/** A complete but tiny Llama model. */
export function tinyLlama(): {
  metadata: Record<string, MetadataValue>;
  tensors: Record<string, GgufTensor>;
} {
  const { layers, hidden, heads, keyValueHeads, headSize, feedForward } = tinySizes;
  const tokens = tinyTokens();
  const metadata: Record<string, MetadataValue> = {
    'general.architecture': 'llama',
    'general.name': 'Tiny',
    'llama.block_count': layers,
    'llama.context_length': 128,
    'llama.embedding_length': hidden,
    'llama.feed_forward_length': feedForward,
    'llama.attention.head_count': heads,
    'llama.attention.head_count_kv': keyValueHeads,
    'llama.attention.layer_norm_rms_epsilon': { float: 1e-5 },
    'tokenizer.ggml.model': 'gpt2',
    'tokenizer.ggml.pre': 'smollm',
    'tokenizer.ggml.tokens': tokens,
    'tokenizer.ggml.token_type': tokens.map((token) => (token === '<|im_end|>' ? 3 : 1)),
    'tokenizer.ggml.merges': [] as readonly string[],
    'tokenizer.ggml.eos_token_id': 256,
  };
  const tensors: Record<string, GgufTensor> = {
    'token_embd.weight': weights(1, tokens.length, hidden),
    'output_norm.weight': weights(2, hidden),
  };
  for (let layer = 0; layer < layers; layer++) {
    const prefix = `blk.${layer}.`;
    const seed = 10 * (layer + 1);
    tensors[`${prefix}attn_norm.weight`] = weights(seed, hidden);
    tensors[`${prefix}attn_q.weight`] = weights(seed + 1, heads * headSize, hidden);
    tensors[`${prefix}attn_k.weight`] = weights(seed + 2, keyValueHeads * headSize, hidden);
    tensors[`${prefix}attn_v.weight`] = weights(seed + 3, keyValueHeads * headSize, hidden);
    tensors[`${prefix}attn_output.weight`] = weights(seed + 4, hidden, heads * headSize);
    tensors[`${prefix}ffn_norm.weight`] = weights(seed + 5, hidden);
    tensors[`${prefix}ffn_gate.weight`] = weights(seed + 6, feedForward, hidden);
    tensors[`${prefix}ffn_up.weight`] = weights(seed + 7, feedForward, hidden);
    tensors[`${prefix}ffn_down.weight`] = weights(seed + 8, hidden, feedForward);
  }
  return { metadata, tensors } satisfies GgufContent;
}
