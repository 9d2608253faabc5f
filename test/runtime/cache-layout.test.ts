import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SlotLayout } from '../../src-main/runtime/cache-layout.ts';
import { operatorsLayout, standardLayout } from '../../src-main/runtime/cache-layout.ts';

const headSize = 4;
const slots = 64;

/** A head whose element `e` of slot `s` is `s * headSize + e`. */
function filledHead(layout: SlotLayout): Float32Array {
  const head = new Float32Array(slots * headSize);
  for (let slot = 0; slot < slots; slot++) {
    for (let element = 0; element < headSize; element++) {
      head[layout.index(slot, element, headSize)] = slot * headSize + element;
    }
  }
  return head;
}

/** The slot that each slot's content came from; NaN if its elements are of several. */
function originsOf(layout: SlotLayout, head: Float32Array): number[] {
  return Array.from({ length: slots }, (_, slot) => {
    const [first, ...rest] = Array.from(
      { length: headSize },
      (_element, element) => (head[layout.index(slot, element, headSize)]! - element) / headSize,
    );
    return rest.every((origin) => origin === first) ? first! : NaN;
  });
}

const layouts = [
  ['standard keys', standardLayout.key],
  ['operators keys', operatorsLayout('float32').key],
  ['operators values', operatorsLayout('float32').value],
] as const;

describe.each(layouts)('%s', (_name, layout) => {
  test('have one place for each element, as many as their shape', () => {
    const head = filledHead(layout);
    expect([...head].sort((one, other) => one - other)).toEqual([...head.keys()]);
    expect(layout.shape(3, slots, headSize).reduce((product, size) => product * size)).toBe(3 * head.length);
  });

  test('move any run of slots to a lower place', () => {
    const move = fc
      .record({ to: fc.nat(slots - 2), gap: fc.integer({ min: 1, max: slots }), count: fc.nat(slots) })
      .filter(({ to, gap, count }) => to + gap + count <= slots);
    fc.assert(
      fc.property(move, ({ to, gap, count }) => {
        const head = filledHead(layout);
        layout.move(head, to + gap, to, count, headSize);
        const expected = Array.from({ length: slots }, (_, slot) =>
          slot >= to && slot < to + count ? slot + gap : slot,
        );
        expect(originsOf(layout, head)).toEqual(expected);
      }),
    );
  });
});

test('one layout read as the other is wrong (negative control)', () => {
  const { key, value } = operatorsLayout('float32');
  expect(originsOf(value, filledHead(key))).not.toEqual(originsOf(key, filledHead(key)));
});
