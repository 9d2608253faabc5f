import { halfToNumber } from './tensor-type/floats.ts';
import type { Quantization } from './tensor-type/quantization.ts';
import type { TensorType } from './tensor-type/tensor-type.ts';
import { dequantize } from './tensor-type/tensor-type.ts';

/** Number of consecutive weights that share one scale. */
export const blockLength = 32;

export interface QuantizedBlocks {
  /** 8-bit: one byte per weight. 4-bit: two weights per byte, the first in the low nibble. */
  readonly codes: Uint8Array;
  /** One per block. */
  readonly scales: Float32Array;
}

/**
 * Blocks of any type as blocks of 8 or 4 bits: symmetric types of 32 weights and at most as many bits (Q8_0, Q5_0, Q4_0)
 * by their own codes, exactly; the others are rounded.
 * @param bytes whole rows in the file's encoding, each a multiple of `blockLength` long
 */
export function quantizedBlocks(type: TensorType, bytes: Uint8Array, bits: 4 | 8): QuantizedBlocks {
  const { quantization } = type;
  if (quantization?.symmetric && type.blockLength === blockLength && quantization.bits <= bits)
    return repacked(quantization, type.blockBytes, bytes, bits);
  const values = dequantize(type, bytes);
  return bits === 8 ? quantizeTo8Bits(values) : quantizeTo4Bits(values);
}

function repacked(
  quantization: Quantization,
  blockBytes: number,
  bytes: Uint8Array,
  bits: 4 | 8,
): QuantizedBlocks {
  const scales = new Float32Array(bytes.length / blockBytes);
  const signed = new Int8Array(scales.length * blockLength);
  for (let block = 0; block < scales.length; block++) {
    quantization.readCodes(bytes, block * blockBytes, signed, block * blockLength);
    scales[block] = halfToNumber(quantization.factors(bytes, block * blockBytes)[0]);
  }
  if (bits === 8) return { codes: Uint8Array.from(signed, (code) => code + 128), scales };
  const codes = new Uint8Array(signed.length / 2);
  for (let pair = 0; pair < codes.length; pair++)
    codes[pair] = (signed[2 * pair]! + 8) | ((signed[2 * pair + 1]! + 8) << 4);
  return { codes, scales };
}

/**
 * Symmetric block quantization: weight = (code - 128) · scale, scale = max |weight| / 127.
 * Lossless for values dequantized from Q8_0.
 * @param values length is a multiple of `blockLength`
 */
export function quantizeTo8Bits(values: Float32Array): QuantizedBlocks {
  const codes = new Uint8Array(values.length);
  const scales = new Float32Array(values.length / blockLength);
  for (let block = 0; block < scales.length; block++) {
    const start = block * blockLength;
    const scale = Math.fround(Math.abs(extreme(values, start)) / 127);
    scales[block] = scale;
    for (let index = start; index < start + blockLength; index++) {
      codes[index] = scale === 0 ? 128 : clamp(Math.round(values[index]! / scale) + 128, 255);
    }
  }
  return { codes, scales };
}

/**
 * Symmetric block quantization: weight = (code - 8) · scale, where code 0 is the weight of largest magnitude.
 * Lossless for values dequantized from Q4_0; the relative error of other weights is about 9%.
 * @param values length is a multiple of `blockLength`
 */
export function quantizeTo4Bits(values: Float32Array): QuantizedBlocks {
  const codes = new Uint8Array(values.length / 2);
  const scales = new Float32Array(values.length / blockLength);
  for (let block = 0; block < scales.length; block++) {
    const start = block * blockLength;
    const scale = Math.fround(extreme(values, start) / -8);
    scales[block] = scale;
    for (let index = start; index < start + blockLength; index++) {
      const code = scale === 0 ? 8 : clamp(Math.round(values[index]! / scale) + 8, 15);
      codes[index >> 1]! |= index % 2 === 0 ? code : code << 4;
    }
  }
  return { codes, scales };
}

/** The weight of largest magnitude in the block from `start` on, with its sign. */
export function extreme(values: Float32Array, start: number): number {
  let found = 0;
  for (let index = start; index < start + blockLength; index++) {
    if (Math.abs(values[index]!) > Math.abs(found)) found = values[index]!;
  }
  return found;
}

function clamp(code: number, largest: number): number {
  return Math.max(0, Math.min(largest, code));
}
