import type { Dequantize } from './floats.ts';
import { readHalf } from './floats.ts';

/** ggml's legacy quantizations: blocks of 32 weights with one scale and, in some, a minimum. */
const half = 16;

export const q4_0: Dequantize = (bytes, at, values, from) => {
  const scale = readHalf(bytes, at);
  for (let index = 0; index < half; index++) {
    const packed = bytes[at + 2 + index]!;
    values[from + index] = ((packed & 15) - 8) * scale;
    values[from + half + index] = ((packed >> 4) - 8) * scale;
  }
};

export const q4_1: Dequantize = (bytes, at, values, from) => {
  const scale = readHalf(bytes, at);
  const minimum = readHalf(bytes, at + 2);
  for (let index = 0; index < half; index++) {
    const packed = bytes[at + 4 + index]!;
    values[from + index] = (packed & 15) * scale + minimum;
    values[from + half + index] = (packed >> 4) * scale + minimum;
  }
};

/** Bit 4 of the code of weight `index`, shifted into place. */
function fifthBit(bytes: Uint8Array, at: number, index: number): number {
  return ((bytes[at + (index >> 3)]! >> (index & 7)) & 1) << 4;
}

export const q5_0: Dequantize = (bytes, at, values, from) => {
  const scale = readHalf(bytes, at);
  for (let index = 0; index < half; index++) {
    const packed = bytes[at + 6 + index]!;
    values[from + index] = (((packed & 15) | fifthBit(bytes, at + 2, index)) - 16) * scale;
    values[from + half + index] = (((packed >> 4) | fifthBit(bytes, at + 2, half + index)) - 16) * scale;
  }
};

export const q5_1: Dequantize = (bytes, at, values, from) => {
  const scale = readHalf(bytes, at);
  const minimum = readHalf(bytes, at + 2);
  for (let index = 0; index < half; index++) {
    const packed = bytes[at + 8 + index]!;
    values[from + index] = ((packed & 15) | fifthBit(bytes, at + 4, index)) * scale + minimum;
    values[from + half + index] = ((packed >> 4) | fifthBit(bytes, at + 4, half + index)) * scale + minimum;
  }
};

export const q8_0: Dequantize = (bytes, at, values, from) => {
  const scale = readHalf(bytes, at);
  for (let index = 0; index < 2 * half; index++) {
    values[from + index] = ((bytes[at + 2 + index]! << 24) >> 24) * scale;
  }
};
