import { halfAt } from './half.ts';
import type { Dequantize } from './dequantize.ts';

export const float32: Dequantize = (bytes, at, values, from) => {
  values[from] = new DataView(bytes.buffer, bytes.byteOffset + at).getFloat32(0, true);
};

export const float16: Dequantize = (bytes, at, values, from) => {
  values[from] = halfAt(bytes, at);
};

/** A bfloat16 is the upper half of a float32. */
export const bfloat16: Dequantize = (bytes, at, values, from) => {
  const upper = bytes[at]! | (bytes[at + 1]! << 8);
  new Uint32Array(values.buffer, values.byteOffset + 4 * from, 1)[0] = upper << 16;
};
