import type { Dequantize } from './floats.ts';
import { readHalf } from './floats.ts';

/** ggml's k-quants: superblocks of 256 weights, divided into sub-blocks with quantized scales. */

export const q2_k: Dequantize = (bytes, at, values, from) => {
  const scale = readHalf(bytes, at + 80);
  const minimum = readHalf(bytes, at + 82);
  for (let index = 0; index < 256; index++) {
    const part = index >> 7;
    const shift = 2 * ((index >> 5) & 3);
    const scales = bytes[at + (index >> 4)]!;
    const code = (bytes[at + 16 + 32 * part + (index & 31)]! >> shift) & 3;
    values[from + index] = scale * (scales & 15) * code - minimum * (scales >> 4);
  }
};

/** The 6-bit scale of a Q3_K sub-block; the low four bits and the high two are stored separately. */
function q3Scale(bytes: Uint8Array, at: number, block: number): number {
  const low = block < 8 ? bytes[at + block]! & 15 : bytes[at + block - 8]! >> 4;
  const high = (bytes[at + 8 + (block & 3)]! >> (2 * (block >> 2))) & 3;
  return (low | (high << 4)) - 32;
}

export const q3_k: Dequantize = (bytes, at, values, from) => {
  const scale = readHalf(bytes, at + 108);
  for (let index = 0; index < 256; index++) {
    const part = index >> 7;
    const shift = 2 * ((index >> 5) & 3);
    const low = (bytes[at + 32 + 32 * part + (index & 31)]! >> shift) & 3;
    const high = (bytes[at + (index & 31)]! >> (index >> 5)) & 1;
    values[from + index] = scale * q3Scale(bytes, at + 96, index >> 4) * (low - (high ? 0 : 4));
  }
};

/** The 6-bit scale and minimum of a Q4_K or Q5_K sub-block of 32. */
function scaleAndMinimum(bytes: Uint8Array, at: number, block: number): [number, number] {
  if (block < 4) return [bytes[at + block]! & 63, bytes[at + block + 4]! & 63];
  const packed = bytes[at + block + 4]!;
  return [
    (packed & 15) | ((bytes[at + block - 4]! >> 6) << 4),
    (packed >> 4) | ((bytes[at + block]! >> 6) << 4),
  ];
}

export const q4_k: Dequantize = (bytes, at, values, from) => {
  const scale = readHalf(bytes, at);
  const minimum = readHalf(bytes, at + 2);
  for (let block = 0; block < 8; block++) {
    const [blockScale, blockMinimum] = scaleAndMinimum(bytes, at + 4, block);
    for (let index = 0; index < 32; index++) {
      const packed = bytes[at + 16 + 32 * (block >> 1) + index]!;
      const code = block & 1 ? packed >> 4 : packed & 15;
      values[from + 32 * block + index] = scale * blockScale * code - minimum * blockMinimum;
    }
  }
};

export const q5_k: Dequantize = (bytes, at, values, from) => {
  const scale = readHalf(bytes, at);
  const minimum = readHalf(bytes, at + 2);
  for (let block = 0; block < 8; block++) {
    const [blockScale, blockMinimum] = scaleAndMinimum(bytes, at + 4, block);
    for (let index = 0; index < 32; index++) {
      const packed = bytes[at + 48 + 32 * (block >> 1) + index]!;
      const fifth = ((bytes[at + 16 + index]! >> block) & 1) << 4;
      const code = (block & 1 ? packed >> 4 : packed & 15) | fifth;
      values[from + 32 * block + index] = scale * blockScale * code - minimum * blockMinimum;
    }
  }
};

export const q6_k: Dequantize = (bytes, at, values, from) => {
  const scale = readHalf(bytes, at + 208);
  for (let index = 0; index < 256; index++) {
    const part = index >> 7;
    const quarter = (index >> 5) & 3;
    const lane = index & 31;
    const packed = bytes[at + 64 * part + 32 * (quarter & 1) + lane]!;
    const low = quarter < 2 ? packed & 15 : packed >> 4;
    const high = (bytes[at + 128 + 32 * part + lane]! >> (2 * quarter)) & 3;
    const blockScale = (bytes[at + 192 + (index >> 4)]! << 24) >> 24;
    values[from + index] = scale * blockScale * ((low | (high << 4)) - 32);
  }
};
