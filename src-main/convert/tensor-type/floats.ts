/** Decodes one block, starting at byte `at`, into `values` from index `from` on. */
export type Dequantize = (bytes: Uint8Array, at: number, values: Float32Array, from: number) => void;

/** Value of an IEEE 754 half-precision number, given its 16 bits. */
export function halfToNumber(bits: number): number {
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const largestHalf = 65504;

/**
 * The 16 bits of the smallest half-precision number that is no smaller than `value`.
 * @param value from 0 on; beyond the largest half, 65504, it is that one
 */
export function halfAtLeast(value: number): number {
  const bounded = Math.min(value, largestHalf);
  if (bounded === 0) return 0;
  const exponent = Math.max(-14, Math.floor(Math.log2(bounded)));
  // The leading one of the 11-bit significand adds 1 to the exponent field.
  return ((exponent + 14) << 10) + Math.ceil(bounded * 2 ** (10 - exponent));
}

/** The bits of the little-endian half at byte `offset`. */
export function halfBits(bytes: Uint8Array, offset: number): number {
  return bytes[offset]! | (bytes[offset + 1]! << 8);
}

export const float32: Dequantize = (bytes, at, values, from) => {
  values[from] = new DataView(bytes.buffer, bytes.byteOffset + at).getFloat32(0, true);
};

export const float16: Dequantize = (bytes, at, values, from) => {
  values[from] = halfToNumber(halfBits(bytes, at));
};

/** A bfloat16 is the upper 16 bits of a float32. */
export const bfloat16: Dequantize = (bytes, at, values, from) => {
  const upper = bytes[at]! | (bytes[at + 1]! << 8);
  new Uint32Array(values.buffer, values.byteOffset + 4 * from, 1)[0] = upper << 16;
};
