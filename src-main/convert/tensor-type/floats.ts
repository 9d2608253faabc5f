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

/** Reads the little-endian half at byte `offset`. */
export function readHalf(bytes: Uint8Array, offset: number): number {
  return halfToNumber(bytes[offset]! | (bytes[offset + 1]! << 8));
}

export const float32: Dequantize = (bytes, at, values, from) => {
  values[from] = new DataView(bytes.buffer, bytes.byteOffset + at).getFloat32(0, true);
};

export const float16: Dequantize = (bytes, at, values, from) => {
  values[from] = readHalf(bytes, at);
};

/** A bfloat16 is the upper 16 bits of a float32. */
export const bfloat16: Dequantize = (bytes, at, values, from) => {
  const upper = bytes[at]! | (bytes[at + 1]! << 8);
  new Uint32Array(values.buffer, values.byteOffset + 4 * from, 1)[0] = upper << 16;
};
