import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { MetadataValue } from '../../fakes/gguf-writer.ts';
import { ggufHead } from '../../fakes/gguf-writer.ts';
import { tinyTokens } from '../../fakes/tiny-llama.ts';
import { benchFolder } from '../places.ts';

/** Qwen2.5 1.5B's shapes, as a llama model without biases. */
const sizes = {
  layers: 28,
  hidden: 1536,
  feedForward: 8960,
  heads: 12,
  keyValueHeads: 2,
  headSize: 128,
  vocabulary: 151936,
};

interface TensorType {
  readonly number: number;
  readonly blockBytes: number;
  /** Makes random bytes a block whose values are small and centred at zero. */
  readonly scale: (block: Buffer) => void;
}

const blockLength = 256;
/** 0.00009 and 7.5 times that as float16: 6-bit scales times 4-bit codes, less 6-bit minimums, stay within 0.08. */
const q4_k: TensorType = {
  number: 12,
  blockBytes: 144,
  scale(block) {
    block.writeUInt16LE(0x05e6, 0);
    block.writeUInt16LE(0x1188, 2);
  },
};
/** 0.000015 as float16: 8-bit scales times 6-bit codes stay within 0.07. */
const q6_k: TensorType = {
  number: 14,
  blockBytes: 210,
  scale(block) {
    block.writeUInt16LE(0x00fc, 208);
  },
};

/** Layers whose value and down projections Q4_K_M keeps at 6 bits. */
function keepsMoreBits(layer: number): boolean {
  const eighth = Math.floor(sizes.layers / 8);
  return layer < eighth || layer >= 7 * eighth || (layer - eighth) % 3 === 2;
}

interface Tensor {
  readonly shape: readonly number[];
  /** Undefined: a norm, float32 ones. */
  readonly type: TensorType | undefined;
}

function tensors(): Record<string, Tensor> {
  const { layers, hidden, feedForward, heads, keyValueHeads, headSize, vocabulary } = sizes;
  const norm = { shape: [hidden], type: undefined };
  const all: Record<string, Tensor> = {
    'token_embd.weight': { shape: [vocabulary, hidden], type: q4_k },
    'output.weight': { shape: [vocabulary, hidden], type: q6_k },
    'output_norm.weight': norm,
  };
  for (let layer = 0; layer < layers; layer++) {
    const more = keepsMoreBits(layer) ? q6_k : q4_k;
    for (const [name, tensor] of Object.entries({
      attn_norm: norm,
      attn_q: { shape: [heads * headSize, hidden], type: q4_k },
      attn_k: { shape: [keyValueHeads * headSize, hidden], type: q4_k },
      attn_v: { shape: [keyValueHeads * headSize, hidden], type: more },
      attn_output: { shape: [hidden, heads * headSize], type: q4_k },
      ffn_norm: norm,
      ffn_gate: { shape: [feedForward, hidden], type: q4_k },
      ffn_up: { shape: [feedForward, hidden], type: q4_k },
      ffn_down: { shape: [hidden, feedForward], type: more },
    })) {
      all[`blk.${layer}.${name}.weight`] = tensor;
    }
  }
  return all;
}

function metadata(): Record<string, MetadataValue> {
  const known = tinyTokens();
  const filler = Array.from({ length: sizes.vocabulary - known.length }, (_, index) => `<|unused_${index}|>`);
  return {
    'general.architecture': 'llama',
    'general.name': 'Random weights in the shapes of a 1.5B',
    'llama.block_count': sizes.layers,
    'llama.context_length': 32768,
    'llama.embedding_length': sizes.hidden,
    'llama.feed_forward_length': sizes.feedForward,
    'llama.attention.head_count': sizes.heads,
    'llama.attention.head_count_kv': sizes.keyValueHeads,
    'llama.attention.layer_norm_rms_epsilon': { float: 1e-6 },
    'llama.rope.dimension_count': sizes.headSize,
    'llama.rope.freq_base': { float: 1e6 },
    'tokenizer.ggml.model': 'gpt2',
    'tokenizer.ggml.pre': 'smollm',
    'tokenizer.ggml.tokens': [...known, ...filler],
    'tokenizer.ggml.token_type': [...known, ...filler].map((_, index) => (index < 256 ? 1 : 3)),
    'tokenizer.ggml.merges': [] as readonly string[],
    'tokenizer.ggml.eos_token_id': 256,
  };
}

/** Bytes that look random and are always the same. */
function randomBytes(): (count: number) => Buffer {
  const cipher = crypto.createCipheriv('aes-128-ctr', Buffer.alloc(16), Buffer.alloc(16));
  return (count) => cipher.update(Buffer.alloc(count));
}

/** The file of random weights; written unless it exists (1.1 GB). */
export function ensureRandomModel(): string {
  const file = path.join(benchFolder, 'random-1.5b-q4_k_m.gguf');
  if (fs.existsSync(file)) return file;
  console.log('Writing a model of random weights into .cache/bench (1.1 GB)…');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const all = Object.entries(tensors()).map(([name, { shape, type }]) => {
    const elements = shape.reduce((product, size) => product * size, 1);
    const bytes = type ? (elements / blockLength) * type.blockBytes : 4 * elements;
    return { name, shape, type, typeNumber: type?.number ?? 0, bytes };
  });
  const { head, padding } = ggufHead(metadata(), all);
  const random = randomBytes();
  const output = fs.openSync(`${file}.new`, 'w');
  fs.writeSync(output, head);
  for (const { type, bytes } of all) {
    const rowsOfBlocks = type ? type.blockBytes * 4096 : bytes;
    for (let done = 0; done < bytes; done += rowsOfBlocks) {
      const count = Math.min(rowsOfBlocks, bytes - done);
      fs.writeSync(output, type ? randomBlocks(type, random(count)) : ones(count / 4));
    }
    fs.writeSync(output, padding(bytes));
  }
  fs.closeSync(output);
  fs.renameSync(`${file}.new`, file);
  return file;
}

function randomBlocks(type: TensorType, bytes: Buffer): Buffer {
  for (let at = 0; at < bytes.length; at += type.blockBytes) type.scale(bytes.subarray(at));
  return bytes;
}

function ones(count: number): Uint8Array {
  return new Uint8Array(new Float32Array(count).fill(1).buffer);
}
