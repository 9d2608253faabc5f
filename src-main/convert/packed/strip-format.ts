import { ForedraftError } from '../../contract/error.ts';
import type { Matrix } from '../matrix.ts';
import { rowsOf } from '../matrix.ts';
import { blockLength, extreme } from '../quantize.ts';
import { halfAtLeast, halfToNumber } from '../tensor-type/floats.ts';
import type { Quantization } from '../tensor-type/quantization.ts';
import { dequantize } from '../tensor-type/tensor-type.ts';
import type { PackedRow, RowSizes } from './strip.ts';
import { packedBytes, strips } from './strip.ts';

const superblockLength = 256;

/** A layout of packed weights, as native/README.md describes it. */
export interface StripFormat {
  /** The operator's attribute `format`. */
  readonly number: 0 | 1 | 2 | 3;
  readonly codeBits: 4 | 8;
  /** Elements of a row for each 256 inputs. */
  readonly bytes: number;
  readonly halves: number;
}

const bits8 = { number: 0, codeBits: 8, bytes: 0, halves: 8 } as const;
const bits4 = { number: 1, codeBits: 4, bytes: 0, halves: 16 } as const;
const bits4Nested = { number: 2, codeBits: 4, bytes: 16, halves: 2 } as const;
const bits8Nested = { number: 3, codeBits: 8, bytes: 16, halves: 1 } as const;

/** Formats that hold a type exactly. */
const exactFormats: Readonly<Record<string, StripFormat>> = {
  Q8_0: bits8,
  Q5_0: bits8,
  Q4_0: bits4,
  Q4_1: bits4,
  Q4_K: bits4Nested,
  Q6_K: bits8Nested,
  Q3_K: bits8Nested,
};

/** What a matrix of this type is held as: that type exactly, or 8 bits, to which its values are rounded. */
export function heldAs({ type }: Matrix): string {
  return type.name in exactFormats ? type.name : '8-bit';
}

/** The format of a matrix: one that holds its type exactly, or 8 bits, to which its values are rounded. */
export function stripFormatOf({ type }: Matrix): StripFormat {
  return exactFormats[type.name] ?? bits8;
}

function rowSizes({ codeBits, bytes, halves }: StripFormat, columns: number): RowSizes {
  const superblocks = columns / superblockLength;
  return { codes: (columns * codeBits) / 32, bytes: superblocks * bytes, halves: superblocks * halves };
}

/** Bytes of matrices of one format, one below the other. */
export function stripsBytes(matrices: readonly Matrix[]): number {
  const [first] = matrices;
  return first ? packedBytes(rowsOf(matrices), rowSizes(stripFormatOf(first), first.columns)) : 0;
}

/**
 * Packs matrices of one format, one below the other.
 * @throws ForedraftError `model-unsupported` if the minimum of a Q4_0 block is beyond float16
 */
export function* stripsOf(matrices: readonly Matrix[]): Generator<Uint8Array> {
  const [first] = matrices;
  if (first) yield* strips(rowsIn(matrices), rowSizes(stripFormatOf(first), first.columns));
}

function* rowsIn(matrices: readonly Matrix[]): Generator<PackedRow> {
  for (const matrix of matrices) yield* packedRows(matrix);
}

function* packedRows(matrix: Matrix): Generator<PackedRow> {
  const { type, columns } = matrix;
  const exact = type.name in exactFormats;
  const rowBytes = (columns / type.blockLength) * type.blockBytes;
  for (const chunk of matrix.chunks()) {
    for (let at = 0; at < chunk.length; at += rowBytes) {
      const row = chunk.subarray(at, at + rowBytes);
      yield exact && type.quantization
        ? repacked(matrix, type.quantization, row)
        : rounded(dequantize(type, row));
    }
  }
}

/** The file's own codes and scales in another order. */
function repacked(matrix: Matrix, quantization: Quantization, row: Uint8Array): PackedRow {
  const { type, columns } = matrix;
  const format = stripFormatOf(matrix);
  const sizes = rowSizes(format, columns);
  const codes = new Int8Array(columns);
  const bytes = new Uint8Array(sizes.bytes);
  const halves = new Uint16Array(sizes.halves);
  const blocks = columns / type.blockLength;
  for (let block = 0; block < blocks; block++) {
    const at = block * type.blockBytes;
    quantization.readCodes(row, at, codes, block * type.blockLength);
    const [scale, minimum] = quantization.factors(row, at);
    switch (format) {
      case bits8:
        halves[block] = scale;
        break;
      case bits4:
        halves[block] = scale;
        halves[blocks + block] = quantization.symmetric ? eightTimes(scale, matrix) : minimum;
        break;
      case bits4Nested:
        halves.set([scale, minimum], 2 * block);
        for (let group = 0; group < 8; group++)
          bytes.set(quantization.scales(row, at, group), 16 * block + 2 * group);
        break;
      case bits8Nested:
        halves[block] = scale;
        for (let group = 0; group < 16; group++)
          bytes[16 * block + group] = quantization.scales(row, at, group)[0];
        break;
    }
  }
  if (format.codeBits === 8) return { codes: new Int32Array(codes.buffer), bytes, halves };
  if (quantization.symmetric) codes.forEach((code, index) => (codes[index] = code + 8));
  return { codes: nibbles(codes), bytes, halves };
}

/** The minimum that makes nibbles signed: code - 8 times the scale. */
function eightTimes(scaleBits: number, { name }: Matrix): number {
  const minimum = 8 * halfToNumber(scaleBits);
  const bits = halfAtLeast(Math.abs(minimum));
  if (halfToNumber(bits) === Math.abs(minimum)) return minimum < 0 ? bits | 0x8000 : bits;
  throw new ForedraftError(
    'model-unsupported',
    `Tensor ${name} has the scale ${minimum / 8}, which is too large for Q4_0: choose another file.`,
    { tensor: name },
  );
}

/** Joins each block's weights k (low) and k + 16 (high) in bytes. */
function nibbles(codes: Int8Array): Int32Array {
  const quads = new Int32Array(codes.buffer);
  return Int32Array.from({ length: quads.length / 2 }, (_, index) => {
    const low = 2 * index - (index % 4);
    return quads[low]! | (quads[low + 4]! << 4);
  });
}

/** 8-bit codes and, for each 32 weights, the smallest float16 scale that keeps them within ±127. */
function rounded(values: Float32Array): PackedRow {
  const codes = new Int8Array(values.length);
  const halves = new Uint16Array(values.length / blockLength);
  for (let block = 0; block < halves.length; block++) {
    const start = block * blockLength;
    const bits = halfAtLeast(Math.abs(extreme(values, start)) / 127);
    const scale = halfToNumber(bits);
    halves[block] = bits;
    for (let index = start; index < start + blockLength && scale > 0; index++) {
      codes[index] = Math.max(-127, Math.min(127, Math.round(values[index]! / scale)));
    }
  }
  return { codes: new Int32Array(codes.buffer), bytes: new Uint8Array(0), halves };
}
