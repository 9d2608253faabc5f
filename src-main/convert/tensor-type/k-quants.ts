import type { Quantization, ScaleAndMinimum } from './quantization.ts';
import { halfBits } from './floats.ts';

/** ggml's k-quants: blocks of 256 weights, divided into groups with quantized scales. */
const blockLength = 256;

export const q2_k: Quantization = {
  bits: 2,
  groupLength: 16,
  symmetric: false,
  readCodes: (bytes, at, codes, from) => {
    for (let index = 0; index < blockLength; index++) {
      const shift = 2 * ((index >> 5) & 3);
      codes[from + index] = (bytes[at + 16 + 32 * (index >> 7) + (index & 31)]! >> shift) & 3;
    }
  },
  factors: (bytes, at) => [halfBits(bytes, at + 80), halfBits(bytes, at + 82)],
  scales: (bytes, at, group) => [bytes[at + group]! & 15, bytes[at + group]! >> 4],
};

export const q3_k: Quantization = {
  bits: 3,
  groupLength: 16,
  symmetric: true,
  readCodes: (bytes, at, codes, from) => {
    for (let index = 0; index < blockLength; index++) {
      const shift = 2 * ((index >> 5) & 3);
      const low = (bytes[at + 32 + 32 * (index >> 7) + (index & 31)]! >> shift) & 3;
      const high = (bytes[at + (index & 31)]! >> (index >> 5)) & 1;
      codes[from + index] = low - (high ? 0 : 4);
    }
  },
  factors: (bytes, at) => [halfBits(bytes, at + 108), 0],
  // 6 bits: the low four and the high two are stored separately.
  scales: (bytes, at, group) => {
    const low = group < 8 ? bytes[at + 96 + group]! & 15 : bytes[at + 96 + group - 8]! >> 4;
    const high = (bytes[at + 104 + (group & 3)]! >> (2 * (group >> 2))) & 3;
    return [(low | (high << 4)) - 32, 0];
  },
};

/** The 6-bit scale and minimum of a group of Q4_K or Q5_K. */
function sixBitScales(bytes: Uint8Array, at: number, group: number): ScaleAndMinimum {
  if (group < 4) return [bytes[at + 4 + group]! & 63, bytes[at + 8 + group]! & 63];
  const packed = bytes[at + 8 + group]!;
  return [
    (packed & 15) | ((bytes[at + group]! >> 6) << 4),
    (packed >> 4) | ((bytes[at + 4 + group]! >> 6) << 4),
  ];
}

/** Reads 128 bytes of two codes each: 32 bytes hold a group in their low nibbles and the next in the high ones. */
function readNibbles(bytes: Uint8Array, at: number, codes: Int8Array, from: number): void {
  for (let index = 0; index < blockLength; index++) {
    const packed = bytes[at + 32 * (index >> 6) + (index & 31)]!;
    codes[from + index] = index & 32 ? packed >> 4 : packed & 15;
  }
}

export const q4_k: Quantization = {
  bits: 4,
  groupLength: 32,
  symmetric: false,
  readCodes: (bytes, at, codes, from) => readNibbles(bytes, at + 16, codes, from),
  factors: (bytes, at) => [halfBits(bytes, at), halfBits(bytes, at + 2)],
  scales: sixBitScales,
};

export const q5_k: Quantization = {
  bits: 5,
  groupLength: 32,
  symmetric: false,
  readCodes: (bytes, at, codes, from) => {
    readNibbles(bytes, at + 48, codes, from);
    for (let index = 0; index < blockLength; index++) {
      codes[from + index]! |= ((bytes[at + 16 + (index & 31)]! >> (index >> 5)) & 1) << 4;
    }
  },
  factors: (bytes, at) => [halfBits(bytes, at), halfBits(bytes, at + 2)],
  scales: sixBitScales,
};

export const q6_k: Quantization = {
  bits: 6,
  groupLength: 16,
  symmetric: true,
  readCodes: (bytes, at, codes, from) => {
    for (let index = 0; index < blockLength; index++) {
      const part = index >> 7;
      const quarter = (index >> 5) & 3;
      const lane = index & 31;
      const packed = bytes[at + 64 * part + 32 * (quarter & 1) + lane]!;
      const low = quarter < 2 ? packed & 15 : packed >> 4;
      const high = (bytes[at + 128 + 32 * part + lane]! >> (2 * quarter)) & 3;
      codes[from + index] = (low | (high << 4)) - 32;
    }
  },
  factors: (bytes, at) => [halfBits(bytes, at + 208), 0],
  scales: (bytes, at, group) => [(bytes[at + 192 + group]! << 24) >> 24, 0],
};
