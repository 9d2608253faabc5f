import type { Quantization } from './quantization.ts';
import { halfBits } from './floats.ts';

/** ggml's legacy quantizations: blocks of 32 weights with one scale and, in some, a minimum. */
const blockLength = 32;
const half = blockLength / 2;
/** Flips a float16: these files add their minimum. */
const sign = 0x8000;

/** A block is one group, whose scale and minimum are the block's factors. */
const oneGroup = { groupLength: blockLength, scales: () => [1, 1] as const } as const;

/** Reads 16 bytes of two codes each: the low nibbles are the first half of the block. */
function readNibbles(bytes: Uint8Array, at: number, codes: Int8Array, from: number, offset: number): void {
  for (let index = 0; index < half; index++) {
    const packed = bytes[at + index]!;
    codes[from + index] = (packed & 15) - offset;
    codes[from + half + index] = (packed >> 4) - offset;
  }
}

/** Adds the fifth bits, one for each weight, to codes read from nibbles. */
function addFifthBits(bytes: Uint8Array, at: number, codes: Int8Array, from: number): void {
  for (let index = 0; index < blockLength; index++) {
    codes[from + index]! += ((bytes[at + (index >> 3)]! >> (index & 7)) & 1) << 4;
  }
}

export const q4_0: Quantization = {
  ...oneGroup,
  bits: 4,
  symmetric: true,
  readCodes: (bytes, at, codes, from) => readNibbles(bytes, at + 2, codes, from, 8),
  factors: (bytes, at) => [halfBits(bytes, at), 0],
};

export const q4_1: Quantization = {
  ...oneGroup,
  bits: 4,
  symmetric: false,
  readCodes: (bytes, at, codes, from) => readNibbles(bytes, at + 4, codes, from, 0),
  factors: (bytes, at) => [halfBits(bytes, at), halfBits(bytes, at + 2) ^ sign],
};

export const q5_0: Quantization = {
  ...oneGroup,
  bits: 5,
  symmetric: true,
  readCodes: (bytes, at, codes, from) => {
    readNibbles(bytes, at + 6, codes, from, 16);
    addFifthBits(bytes, at + 2, codes, from);
  },
  factors: (bytes, at) => [halfBits(bytes, at), 0],
};

export const q5_1: Quantization = {
  ...oneGroup,
  bits: 5,
  symmetric: false,
  readCodes: (bytes, at, codes, from) => {
    readNibbles(bytes, at + 8, codes, from, 0);
    addFifthBits(bytes, at + 4, codes, from);
  },
  factors: (bytes, at) => [halfBits(bytes, at), halfBits(bytes, at + 2) ^ sign],
};

export const q8_0: Quantization = {
  ...oneGroup,
  bits: 8,
  symmetric: true,
  readCodes: (bytes, at, codes, from) => {
    // An Int8Array keeps the low 8 bits, which makes the bytes signed.
    for (let index = 0; index < blockLength; index++) codes[from + index] = bytes[at + 2 + index]!;
  },
  factors: (bytes, at) => [halfBits(bytes, at), 0],
};
