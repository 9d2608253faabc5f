import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  blockLength,
  quantizedBlocks,
  quantizeTo4Bits,
  quantizeTo8Bits,
} from '../../src-main/convert/quantize.ts';
import { dequantize, tensorTypeOf } from '../../src-main/convert/tensor-type/tensor-type.ts';

const block = (...start: number[]) =>
  Float32Array.from({ length: blockLength }, (_, index) => start[index] ?? 0);
const weights = fc
  .array(fc.float({ min: -4, max: 4, noNaN: true }), {
    minLength: 2 * blockLength,
    maxLength: 2 * blockLength,
  })
  .map((values) => Float32Array.from(values));

test('8 bits: the largest magnitude maps to 128 ± 127', () => {
  const { codes, scales } = quantizeTo8Bits(block(-254, 127, 2, 0));
  expect([...scales]).toEqual([2]);
  expect([...codes.subarray(0, 5)]).toEqual([1, 192, 129, 128, 128]);
});

test('4 bits: the largest magnitude maps to code 0, two weights per byte', () => {
  const { codes, scales } = quantizeTo4Bits(block(-8, 7, 1, 0));
  expect([...scales]).toEqual([1]);
  expect([...codes.subarray(0, 3)]).toEqual([0xf0, 0x89, 0x88]);
});

test('a block of zeros stays zero', () => {
  expect(new Set(quantizeTo8Bits(block()).codes)).toEqual(new Set([128]));
  expect(new Set(quantizeTo4Bits(block()).codes)).toEqual(new Set([0x88]));
});

test('8 bits: every weight is within half a step', () => {
  fc.assert(
    fc.property(weights, (values) => {
      const { codes, scales } = quantizeTo8Bits(values);
      values.forEach((value, index) => {
        const scale = scales[Math.floor(index / blockLength)]!;
        expect(Math.abs((codes[index]! - 128) * scale - value)).toBeLessThanOrEqual(0.5001 * scale + 1e-30);
      });
    }),
  );
});

test('is lossless for values quantized in the same way', () => {
  const codes8 = fc.array(fc.integer({ min: -127, max: 127 }), { minLength: 31, maxLength: 31 });
  fc.assert(
    fc.property(codes8, (rest) => {
      const values = Float32Array.from([127, ...rest], (code) => code * 2 ** -9);
      const { codes, scales } = quantizeTo8Bits(values);
      expect(Float32Array.from(codes, (code) => (code - 128) * scales[0]!)).toEqual(values);
    }),
  );
  const codes4 = fc.array(fc.integer({ min: -8, max: 7 }), { minLength: 31, maxLength: 31 });
  fc.assert(
    fc.property(codes4, (rest) => {
      const values = Float32Array.from([-8, ...rest], (code) => code * 2 ** -5);
      const { codes, scales } = quantizeTo4Bits(values);
      const found = values.map((_, index) => {
        const packed = codes[index >> 1]!;
        return ((index % 2 === 0 ? packed & 15 : packed >> 4) - 8) * scales[0]!;
      });
      expect(found).toEqual(values);
    }),
  );
});

test.each([
  { name: 'Q8_0', number: 8, bits: 8 as const },
  { name: 'Q5_0', number: 6, bits: 8 as const },
  { name: 'Q4_0', number: 2, bits: 8 as const },
  { name: 'Q4_0', number: 2, bits: 4 as const },
])('$name in $bits bits has exactly the values of the file', ({ number, bits }) => {
  const type = tensorTypeOf(number, '');
  const blocks = fc.uint8Array({ minLength: 3 * type.blockBytes, maxLength: 3 * type.blockBytes });
  fc.assert(
    fc.property(blocks, (bytes) => {
      // Scales below 2, finite whatever the bytes are.
      for (let at = 1; at < bytes.length; at += type.blockBytes) bytes[at]! &= 0xbf;
      const { codes, scales } = quantizedBlocks(type, bytes, bits);
      const found = Float32Array.from({ length: 3 * blockLength }, (_, index) => {
        const packed = codes[bits === 8 ? index : index >> 1]!;
        const code = bits === 8 ? packed - 128 : (index % 2 === 0 ? packed & 15 : packed >> 4) - 8;
        return code * scales[Math.floor(index / blockLength)]! + 0;
      });
      expect(found).toEqual(dequantize(type, bytes).map((value) => value + 0));
    }),
  );
});

test('values of other types are rounded', () => {
  const bytes = Uint8Array.from({ length: 20 }, (_, index) => 7 * index + 1);
  const type = tensorTypeOf(3, '');
  expect(quantizedBlocks(type, bytes, 8)).toEqual(quantizeTo8Bits(dequantize(type, bytes)));
});
