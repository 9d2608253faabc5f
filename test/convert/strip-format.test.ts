import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Matrix } from '../../src-main/convert/matrix.ts';
import { valuesOf } from '../../src-main/convert/matrix.ts';
import { stripFormatOf, stripsBytes, stripsOf } from '../../src-main/convert/packed/strip-format.ts';
import { halfAtLeast, halfToNumber } from '../../src-main/convert/tensor-type/floats.ts';
import { dequantize, tensorTypeOf } from '../../src-main/convert/tensor-type/tensor-type.ts';
import { generator, toHalf } from '../native/random.ts';
import { unpacked } from './packed-matrix.ts';

/** Type numbers, and where a block has float16 numbers. */
const exactTypes = [
  { name: 'Q4_0', number: 2, format: 1, halves: [0] },
  { name: 'Q4_1', number: 3, format: 1, halves: [0, 2] },
  { name: 'Q5_0', number: 6, format: 0, halves: [0] },
  { name: 'Q8_0', number: 8, format: 0, halves: [0] },
  { name: 'Q3_K', number: 11, format: 3, halves: [108] },
  { name: 'Q4_K', number: 12, format: 2, halves: [0, 2] },
  { name: 'Q6_K', number: 14, format: 3, halves: [208] },
];
const roundedTypes = [
  { name: 'F32', number: 0, halves: [] },
  { name: 'F16', number: 1, halves: [] },
  { name: 'Q5_1', number: 7, halves: [0, 2] },
  { name: 'Q2_K', number: 10, halves: [80, 82] },
  { name: 'Q5_K', number: 13, halves: [0, 2] },
  { name: 'BF16', number: 30, halves: [] },
];

interface Content {
  readonly rows: number;
  readonly bytes: Uint8Array;
}

interface Entry {
  readonly number: number;
  readonly halves: readonly number[];
}

const shapes = fc.record({
  seed: fc.nat(),
  rows: fc.integer({ min: 1, max: 35 }),
  superblocks: fc.integer({ min: 1, max: 3 }),
});

/** Float16 numbers below this one, 512, have minimums and values in range. */
const halfLimit = 0x6000;

/** Random blocks: any bytes, but moderate halves. Floating-point types: values of many sizes. */
function contentOf({ number, halves }: Entry, rows: number, columns: number, seed: number): Content {
  const { name, blockLength, blockBytes } = tensorTypeOf(number, '');
  const blocks = (rows * columns) / blockLength;
  const random = generator(seed);
  if (blockLength === 1) {
    const values = Float32Array.from({ length: blocks }, () => (random() - 0.5) * 2 ** (16 * random() - 8));
    if (name === 'F32') return { rows, bytes: new Uint8Array(values.buffer) };
    const halfwords = Uint16Array.from(values, (value) =>
      name === 'F16' ? toHalf(value) : new Uint32Array(Float32Array.of(value).buffer)[0]! >>> 16,
    );
    return { rows, bytes: new Uint8Array(halfwords.buffer) };
  }
  const bytes = Uint8Array.from({ length: blocks * blockBytes }, () => Math.floor(256 * random()));
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < bytes.length; at += blockBytes)
    for (const offset of halves) {
      const sign = random() < 0.5 ? 0x8000 : 0;
      view.setUint16(at + offset, sign | Math.floor(halfLimit * random()), true);
    }
  return { rows, bytes };
}

/** A matrix whose rows come in chunks of at most `step`. */
function matrixOf(number: number, { rows, bytes }: Content, columns: number, step = 7): Matrix {
  const rowBytes = bytes.length / rows;
  return {
    name: 'blk.0.ffn_up.weight',
    type: tensorTypeOf(number, ''),
    rows,
    columns,
    *chunks() {
      for (let at = 0; at < bytes.length; at += step * rowBytes)
        yield bytes.subarray(at, at + step * rowBytes);
    },
  };
}

function packed(...matrices: Matrix[]): Uint8Array {
  const bytes = Buffer.concat([...stripsOf(matrices)]);
  expect(bytes.length).toBe(stripsBytes(matrices));
  return new Uint8Array(bytes);
}

/** Negative zero counts as zero. */
const plain = (values: Float32Array) => values.map((value) => value + 0);

test.each(exactTypes)('$name: packed weights have exactly the values of the file', (entry) => {
  const { number, format } = entry;
  fc.assert(
    fc.property(shapes, ({ seed, rows, superblocks }) => {
      const columns = 256 * superblocks;
      const content = contentOf(entry, rows, columns, seed);
      const matrix = matrixOf(number, content, columns);
      expect(stripFormatOf(matrix).number).toBe(format);
      const found = unpacked({ format, outputs: rows, inputs: columns, bytes: packed(matrix) });
      expect(plain(found)).toEqual(plain(dequantize(matrix.type, content.bytes)));
    }),
    { numRuns: 20 },
  );
});

test.each(exactTypes)('$name: one other code is noticed', (entry) => {
  const content = contentOf(entry, 16, 256, 1);
  const matrix = matrixOf(entry.number, content, 256);
  const bytes = packed(matrix);
  bytes[5]! ^= 0x11;
  const found = unpacked({ format: entry.format, outputs: 16, inputs: 256, bytes });
  expect(plain(found)).not.toEqual(plain(dequantize(matrix.type, content.bytes)));
});

test.each(roundedTypes)('$name: packed weights are within half a step of the file', (entry) => {
  const columns = 256;
  fc.assert(
    fc.property(shapes, ({ seed, rows }) => {
      const content = contentOf(entry, rows, columns, seed);
      const matrix = matrixOf(entry.number, content, columns);
      expect(stripFormatOf(matrix).number).toBe(0);
      const found = unpacked({ format: 0, outputs: rows, inputs: columns, bytes: packed(matrix) });
      const expected = dequantize(matrix.type, content.bytes);
      for (let start = 0; start < expected.length; start += 32) {
        const ideal = Math.max(...expected.subarray(start, start + 32).map(Math.abs)) / 127;
        // A float16 scale is at most one part in 1024, or 2^-24, above the ideal one.
        const halfStep = 0.5001 * Math.max(ideal * (1 + 2 ** -10), ideal + 2 ** -24);
        const errors = expected
          .subarray(start, start + 32)
          .map((value, index) => Math.abs(value - found[start + index]!));
        expect(Math.max(...errors)).toBeLessThanOrEqual(halfStep);
      }
    }),
    { numRuns: 10 },
  );
});

test('matrices of one format lie one below the other, also across strips', () => {
  const columns = 64;
  fc.assert(
    fc.property(shapes, shapes, (a, b) => {
      const [q4_0, q4_1] = [exactTypes[0]!, exactTypes[1]!];
      const first = matrixOf(q4_0.number, contentOf(q4_0, a.rows, columns, a.seed), columns);
      const second = matrixOf(q4_1.number, contentOf(q4_1, b.rows, columns, b.seed), columns);
      const bytes = packed(first, second);
      const found = unpacked({ format: 1, outputs: a.rows + b.rows, inputs: columns, bytes });
      const expected = [...valuesOf([first, second])].flatMap((values) => [...values]);
      expect(plain(found)).toEqual(plain(Float32Array.from(expected)));
    }),
    { numRuns: 20 },
  );
});

test('the bytes do not depend on the chunks in which the matrix is read', () => {
  const content = contentOf(exactTypes[5]!, 40, 256, 3);
  expect(packed(matrixOf(12, content, 256, 1))).toEqual(packed(matrixOf(12, content, 256, 100)));
});

test('a Q4_0 scale whose minimum is beyond float16 is refused by name', () => {
  const bytes = new Uint8Array(18);
  new DataView(bytes.buffer).setUint16(0, 0x7800, true);
  expect(() => packed(matrixOf(2, { rows: 1, bytes }, 32))).toThrow(
    'Tensor blk.0.ffn_up.weight has the scale 32768',
  );
});

test('a half is never below the number, and the nearest that is not', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 65504, noNaN: true }), (value) => {
      const bits = halfAtLeast(value);
      expect(halfToNumber(bits)).toBeGreaterThanOrEqual(value);
      if (bits > 0) expect(halfToNumber(bits - 1)).toBeLessThan(value);
    }),
  );
  expect(halfAtLeast(1e9)).toBe(0x7bff);
});
