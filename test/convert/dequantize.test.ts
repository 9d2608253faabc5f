import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { halfToNumber } from '../../src-main/convert/tensor-type/floats.ts';
import { dequantize, tensorTypeOf } from '../../src-main/convert/tensor-type/tensor-type.ts';

interface Fixture {
  readonly name: string;
  readonly type: number;
  /** Base64. */
  readonly bytes: string;
  readonly values: string;
}

const file = path.join(import.meta.dirname, '../reference/dequantize.json');
const fixtures = JSON.parse(fs.readFileSync(file, 'utf8')) as readonly Fixture[];

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'base64'));
}

test('every supported type has a fixture', () => {
  const names = [
    'F32',
    'F16',
    'BF16',
    'Q4_0',
    'Q4_1',
    'Q5_0',
    'Q5_1',
    'Q8_0',
    'Q2_K',
    'Q3_K',
    'Q4_K',
    'Q5_K',
    'Q6_K',
  ];
  expect(fixtures.map(({ name }) => name).sort()).toEqual(names.sort());
});

test.each(fixtures)('$name matches the gguf package', ({ name, type, bytes, values }) => {
  const tensorType = tensorTypeOf(type, 'fixture');
  const expected = new Float32Array(bytesOf(values).buffer);
  const found = dequantize(tensorType, bytesOf(bytes));
  expect(tensorType.name).toBe(name);
  expect(found.length).toBe(expected.length);
  // The package rounds every product to float32, this code rounds once: the last bits may differ.
  const largest = Math.max(...expected.map(Math.abs));
  for (let index = 0; index < expected.length; index++) {
    expect(Math.abs(found[index]! - expected[index]!)).toBeLessThanOrEqual(2e-7 * largest);
  }
});

test('a flipped bit in a block changes its values', () => {
  for (const { type, bytes } of fixtures) {
    const changed = bytesOf(bytes);
    changed[changed.length >> 1]! ^= 1;
    const tensorType = tensorTypeOf(type, 'fixture');
    expect(dequantize(tensorType, changed)).not.toEqual(dequantize(tensorType, bytesOf(bytes)));
  }
});

test('half-precision numbers are decoded over their whole range', () => {
  expect(halfToNumber(0x3c00)).toBe(1);
  expect(halfToNumber(0xc000)).toBe(-2);
  expect(halfToNumber(0x7bff)).toBe(65504);
  expect(halfToNumber(0x0001)).toBe(2 ** -24);
  expect(halfToNumber(0x8000)).toBe(-0);
  expect(halfToNumber(0xfc00)).toBe(-Infinity);
  expect(halfToNumber(0x7e00)).toBeNaN();
});

test('an unknown type is rejected by tensor name and type number', () => {
  expect(() => tensorTypeOf(39, 'blk.0.attn_q.weight')).toThrow(/blk\.0\.attn_q\.weight has type 39/);
});
