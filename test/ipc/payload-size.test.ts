import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isWithinPayloadLimit, maximumValues } from '../../src-main/ipc/payload-size.ts';

const units = 2_000_000;
const fits = (value: unknown) => isWithinPayloadLimit(value, units);

describe('the size of a payload', () => {
  test('is the text in it, at any depth', () => {
    const half = 'x'.repeat(units / 2);
    expect(fits(half)).toBe(true);
    expect(fits([half, half])).toBe(false);
    expect(fits({ a: half, b: { c: [half] } })).toBe(false);
    expect(fits({ [`${half}x`]: half })).toBe(false);
  });

  test('is refused for one unit too many', () => {
    expect(fits('x'.repeat(units))).toBe(true);
    expect(fits('x'.repeat(units + 1))).toBe(false);
  });

  test('counts bytes in buffers', () => {
    expect(fits(new ArrayBuffer(units + 1))).toBe(false);
    expect(fits({ a: new Float64Array(units / 8 + 1) })).toBe(false);
    expect(fits(new Uint8Array(100))).toBe(true);
  });

  test('is refused for too many values: deep, wide, sparse or cyclic', () => {
    let deep: unknown = 0;
    for (let level = 0; level < maximumValues; level++) deep = [deep];
    const circle: Record<string, unknown> = {};
    circle['a'] = { circle };
    const wide = Object.fromEntries(Array.from({ length: maximumValues }, (_, index) => [index, 0]));
    for (const value of [deep, circle, wide, new Array(4_000_000_000), new Array(maximumValues).fill(0)]) {
      expect(fits(value)).toBe(false);
    }
  });

  test('counts the members of maps and sets', () => {
    const long = 'x'.repeat(units + 1);
    expect(fits(new Map([[long, 1]]))).toBe(false);
    expect(fits({ a: new Map([[1, long]]) })).toBe(false);
    expect(fits(new Set([long]))).toBe(false);
  });

  test('accepts ordinary values', () => {
    fc.assert(
      fc.property(fc.anything({ maxDepth: 3, maxKeys: 10, withMap: true, withSet: true }), (value) => {
        expect(fits(value)).toBe(true);
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});
