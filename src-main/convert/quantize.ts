/** Number of consecutive weights that share one scale. */
export const blockLength = 32;

export interface QuantizedRows {
  /** 8-bit: one byte per weight. 4-bit: two weights per byte, the first in the low nibble. */
  readonly codes: Uint8Array;
  /** One per block. */
  readonly scales: Float32Array;
}

/**
 * Symmetric block quantization: weight = (code - 128) · scale, scale = max |weight| / 127.
 * Lossless for values dequantized from Q8_0.
 * @param values length is a multiple of `blockLength`
 */
export function quantizeTo8Bits(values: Float32Array): QuantizedRows {
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
export function quantizeTo4Bits(values: Float32Array): QuantizedRows {
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

/** The weight of largest magnitude in a block, with its sign. */
function extreme(values: Float32Array, start: number): number {
  let found = 0;
  for (let index = start; index < start + blockLength; index++) {
    if (Math.abs(values[index]!) > Math.abs(found)) found = values[index]!;
  }
  return found;
}

function clamp(code: number, largest: number): number {
  return Math.max(0, Math.min(largest, code));
}
