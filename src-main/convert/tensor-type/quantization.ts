import type { Dequantize } from './floats.ts';
import { halfToNumber } from './floats.ts';

/** A value for the scales of a block or group, and one for its minimums. */
export type ScaleAndMinimum = readonly [scale: number, minimum: number];

/**
 * How a type's blocks are taken apart, without rounding:
 * weight = code · (scale factor · scale) - minimum factor · minimum.
 * Each block has the two factors, each group of weights in it a scale and a minimum.
 */
export interface Quantization {
  /** Bits of a code. */
  readonly bits: number;
  /** Consecutive weights that share a scale. */
  readonly groupLength: 16 | 32;
  /** No minimums: codes are signed, and weight = code · scale. */
  readonly symmetric: boolean;
  /** Writes the codes of the block at byte `at` to `codes`, from index `from` on. */
  readonly readCodes: (bytes: Uint8Array, at: number, codes: Int8Array, from: number) => void;
  /** The bits of the block's two float16 factors. */
  readonly factors: (bytes: Uint8Array, at: number) => ScaleAndMinimum;
  /** A group's scale and minimum: integers of at most 8 bits. */
  readonly scales: (bytes: Uint8Array, at: number, group: number) => ScaleAndMinimum;
}

const codes = new Int8Array(256);

/** Decodes a block of such a type to float32, each weight rounded once. */
export function dequantizer(quantization: Quantization, blockLength: number): Dequantize {
  const { groupLength } = quantization;
  return (bytes, at, values, from) => {
    quantization.readCodes(bytes, at, codes, 0);
    const [scaleBits, minimumBits] = quantization.factors(bytes, at);
    const scaleFactor = halfToNumber(scaleBits);
    const minimumFactor = halfToNumber(minimumBits);
    for (let start = 0; start < blockLength; start += groupLength) {
      const [scale, minimum] = quantization.scales(bytes, at, start / groupLength);
      const groupScale = scaleFactor * scale;
      const groupMinimum = minimumFactor * minimum;
      for (let index = start; index < start + groupLength; index++) {
        values[from + index] = codes[index]! * groupScale - groupMinimum;
      }
    }
  };
}
