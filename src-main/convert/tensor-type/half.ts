/** The value of an IEEE 754 half, given by its 16 bits. */
export function halfToNumber(bits: number): number {
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The half at byte `offset`, little-endian. */
export function halfAt(bytes: Uint8Array, offset: number): number {
  return halfToNumber(bytes[offset]! | (bytes[offset + 1]! << 8));
}
