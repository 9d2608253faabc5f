/** Weights that share one scale. */
export const blockLength = 32;

export interface QuantizedRows {
  /** One byte a weight, or two weights a byte with the earlier one in the low half. */
  readonly codes: Uint8Array;
  /** One a block. */
  readonly scales: Float32Array;
}

/**
 * Symmetric block quantization: weight = (code - 128) · scale, scale = largest magnitude / 127.
 * Blocks that were quantized this way before (Q8_0) come out exactly.
 * @param values whole blocks of `blockLength`
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
 * Symmetric block quantization: weight = (code - 8) · scale, the weight of largest magnitude being code 0.
 * Blocks that were quantized this way before (Q4_0) come out exactly; others lose some 9 % here.
 * @param values whole blocks of `blockLength`
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

/** The weight of largest magnitude in a block, sign included. */
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
