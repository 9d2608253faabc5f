import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isWithinPayloadLimit, payloadLimit } from '../../src-main/ipc/payload-size.ts';

describe('the size of a payload', () => {
  test('is the text it holds, wherever it is', () => {
    const half = 'x'.repeat(payloadLimit.units / 2);
    expect(isWithinPayloadLimit(half)).toBe(true);
    expect(isWithinPayloadLimit([half, half])).toBe(false);
    expect(isWithinPayloadLimit({ a: half, b: { c: [half] } })).toBe(false);
    expect(isWithinPayloadLimit({ [`${half}x`]: half })).toBe(false);
  });

  test('is refused from one unit too many on', () => {
    expect(isWithinPayloadLimit('x'.repeat(payloadLimit.units))).toBe(true);
    expect(isWithinPayloadLimit('x'.repeat(payloadLimit.units + 1))).toBe(false);
  });

  test('counts bytes in buffers', () => {
    expect(isWithinPayloadLimit(new ArrayBuffer(payloadLimit.units + 1))).toBe(false);
    expect(isWithinPayloadLimit({ a: new Float64Array(payloadLimit.units / 8 + 1) })).toBe(false);
    expect(isWithinPayloadLimit(new Uint8Array(100))).toBe(true);
  });

  test('is refused for too many values, deep, wide, sparse or in a circle', () => {
    let deep: unknown = 0;
    for (let level = 0; level < payloadLimit.values; level++) deep = [deep];
    const circle: Record<string, unknown> = {};
    circle['a'] = { circle };
    const wide = Object.fromEntries(Array.from({ length: payloadLimit.values }, (_, index) => [index, 0]));
    for (const value of [
      deep,
      circle,
      wide,
      new Array(4_000_000_000),
      new Array(payloadLimit.values).fill(0),
    ]) {
      expect(isWithinPayloadLimit(value)).toBe(false);
    }
  });

  test('counts what maps and sets hold', () => {
    const long = 'x'.repeat(payloadLimit.units + 1);
    expect(isWithinPayloadLimit(new Map([[long, 1]]))).toBe(false);
    expect(isWithinPayloadLimit({ a: new Map([[1, long]]) })).toBe(false);
    expect(isWithinPayloadLimit(new Set([long]))).toBe(false);
  });

  test('lets everyday values pass', () => {
    fc.assert(
      fc.property(fc.anything({ maxDepth: 3, maxKeys: 10, withMap: true, withSet: true }), (value) => {
        expect(isWithinPayloadLimit(value)).toBe(true);
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});
