import { ForedraftError } from '../../contract/error.ts';
import type { Dequantize } from './floats.ts';
import { bfloat16, float16, float32 } from './floats.ts';
import { q2_k, q3_k, q4_k, q5_k, q6_k } from './k-quants.ts';
import { q4_0, q4_1, q5_0, q5_1, q8_0 } from './legacy-quants.ts';
import type { Quantization } from './quantization.ts';
import { dequantizer } from './quantization.ts';

export interface TensorType {
  readonly name: string;
  /** Weights per block. */
  readonly blockLength: number;
  readonly blockBytes: number;
  readonly dequantize: Dequantize;
  /** Undefined for floating-point types. */
  readonly quantization?: Quantization;
}

function quantized(
  name: string,
  blockLength: 32 | 256,
  blockBytes: number,
  quantization: Quantization,
): TensorType {
  return { name, blockLength, blockBytes, dequantize: dequantizer(quantization, blockLength), quantization };
}

/** Supported types by ggml_type number. */
const types: Readonly<Record<number, TensorType>> = {
  0: { name: 'F32', blockLength: 1, blockBytes: 4, dequantize: float32 },
  1: { name: 'F16', blockLength: 1, blockBytes: 2, dequantize: float16 },
  2: quantized('Q4_0', 32, 18, q4_0),
  3: quantized('Q4_1', 32, 20, q4_1),
  6: quantized('Q5_0', 32, 22, q5_0),
  7: quantized('Q5_1', 32, 24, q5_1),
  8: quantized('Q8_0', 32, 34, q8_0),
  10: quantized('Q2_K', 256, 84, q2_k),
  11: quantized('Q3_K', 256, 110, q3_k),
  12: quantized('Q4_K', 256, 144, q4_k),
  13: quantized('Q5_K', 256, 176, q5_k),
  14: quantized('Q6_K', 256, 210, q6_k),
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
