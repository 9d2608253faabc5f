import { ForedraftError } from '../../contract/error.ts';
import type { Dequantize } from './floats.ts';
import { bfloat16, float16, float32 } from './floats.ts';
import { q2_k, q3_k, q4_k, q5_k, q6_k } from './k-quants.ts';
import { q4_0, q4_1, q5_0, q5_1, q8_0 } from './legacy-quants.ts';

export interface TensorType {
  readonly name: string;
  /** Weights per block. */
  readonly blockLength: number;
  readonly blockBytes: number;
  readonly dequantize: Dequantize;
}

/** Supported types by ggml_type number. */
const types: Readonly<Record<number, TensorType>> = {
  0: { name: 'F32', blockLength: 1, blockBytes: 4, dequantize: float32 },
  1: { name: 'F16', blockLength: 1, blockBytes: 2, dequantize: float16 },
  2: { name: 'Q4_0', blockLength: 32, blockBytes: 18, dequantize: q4_0 },
  3: { name: 'Q4_1', blockLength: 32, blockBytes: 20, dequantize: q4_1 },
  6: { name: 'Q5_0', blockLength: 32, blockBytes: 22, dequantize: q5_0 },
  7: { name: 'Q5_1', blockLength: 32, blockBytes: 24, dequantize: q5_1 },
  8: { name: 'Q8_0', blockLength: 32, blockBytes: 34, dequantize: q8_0 },
  10: { name: 'Q2_K', blockLength: 256, blockBytes: 84, dequantize: q2_k },
  11: { name: 'Q3_K', blockLength: 256, blockBytes: 110, dequantize: q3_k },
  12: { name: 'Q4_K', blockLength: 256, blockBytes: 144, dequantize: q4_k },
  13: { name: 'Q5_K', blockLength: 256, blockBytes: 176, dequantize: q5_k },
  14: { name: 'Q6_K', blockLength: 256, blockBytes: 210, dequantize: q6_k },
  30: { name: 'BF16', blockLength: 1, blockBytes: 2, dequantize: bfloat16 },
};

/** @throws ForedraftError `model-unsupported`, naming the tensor */
export function tensorTypeOf(number: number, tensor: string): TensorType {
  const type = types[number];
  if (type) return type;
  const known = Object.values(types).map(({ name }) => name);
  throw new ForedraftError(
    'model-unsupported',
    `Tensor ${tensor} has type ${number}, which isn't supported: choose a file with ${known.join(', ')}.`,
    { tensor, type: number },
  );
}

/** Dequantizes whole blocks to float32. */
export function dequantize(type: TensorType, bytes: Uint8Array): Float32Array {
  const blocks = bytes.length / type.blockBytes;
  const values = new Float32Array(blocks * type.blockLength);
  for (let block = 0; block < blocks; block++) {
    type.dequantize(bytes, block * type.blockBytes, values, block * type.blockLength);
  }
  return values;
}
