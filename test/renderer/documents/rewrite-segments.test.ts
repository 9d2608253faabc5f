import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  growingSegments,
  segmentsBetween,
  textWith,
  type Segment,
} from '../../../src-renderer/state/documents/rewrite-segments.ts';

const words = fc
  .array(fc.constantFrom('the', 'old', 'cup', 'is', 'wet', ' ', ' ', '\n', ',', '.', '杯', '子', '🌧'), {
    maxLength: 40,
  })
  .map((parts) => parts.join(''));
const changes = (segments: readonly Segment[]) => segments.filter(({ kind }) => kind === 'change').length;

describe('the changes between two texts', () => {
  test('are deleted words and inserted words', () => {
    expect(segmentsBetween('We got your parcel.', 'We received your parcel.')).toEqual([
      { kind: 'same', text: 'We ' },
      { kind: 'change', removed: 'got', added: 'received' },
      { kind: 'same', text: ' your parcel.' },
    ]);
  });

  test('with only a space between them are merged', () => {
    expect(segmentsBetween('the cup was here', 'the cups were here')).toEqual([
      { kind: 'same', text: 'the ' },
      { kind: 'change', removed: 'cup was', added: 'cups were' },
      { kind: 'same', text: ' here' },
    ]);
  });

  test('give the new text if all are accepted, and the old one if all are rejected', () => {
    fc.assert(
      fc.property(words, words, (before, after) => {
        const segments = segmentsBetween(before, after);
        expect(textWith(segments, () => true)).toBe(after);
        expect(textWith(segments, () => false)).toBe(before);
      }),
      { numRuns: 1000, seed: 1 },
    );
  });

  test('never touch, and none is empty', () => {
    fc.assert(
      fc.property(words, words, (before, after) => {
        const segments = segmentsBetween(before, after);
        for (const [index, segment] of segments.entries()) {
          if (segment.kind === 'change') {
            expect(segment.removed + segment.added).not.toBe('');
            expect(segments[index + 1]?.kind).not.toBe('change');
          } else expect(segment.text).not.toBe('');
        }
      }),
      { numRuns: 500, seed: 2 },
    );
  });

  test('can be decided one by one, in any order and combination', () => {
    fc.assert(
      fc.property(words, words, fc.infiniteStream(fc.boolean()), (before, after, dice) => {
        const segments = segmentsBetween(before, after);
        const accepted = Array.from({ length: changes(segments) }, () => dice.next().value);
        // Each accepted one is applied at its current position, from either end.
        const steps = (order: readonly number[]) => {
          const taken = new Set<number>();
          for (const change of order) if (accepted[change]) taken.add(change);
          return textWith(segments, (change) => taken.has(change));
        };
        const order = accepted.map((_, index) => index);
        const mixed = textWith(segments, (change) => accepted[change] === true);
        expect(steps(order)).toBe(mixed);
        expect(steps(order.reverse())).toBe(mixed);
        // Only the rejected ones remain as changes.
        expect(textWith(segmentsBetween(mixed, after), () => true)).toBe(after);
      }),
      { numRuns: 500, seed: 3 },
    );
  });

  test('would not give the texts if one were left out (negative control)', () => {
    const segments = segmentsBetween('one two three', 'one 2 three four');
    expect(textWith(segments, (change) => change === 0)).not.toBe('one 2 three four');
  });
});

describe('a partial text', () => {
  const before = 'We recieved you’re parcel on Tuesday, but two of the cup was broken and the box were wet.';
  const after = 'We received your parcel on Tuesday, but two of the cups were broken and the box was wet.';

  test('deletes nothing beyond its end', () => {
    const { segments, rest } = growingSegments(before, 'We received your');
    expect(textWith(segments, () => true)).toBe('We received your');
    expect(rest).toBe(' parcel on Tuesday, but two of the cup was broken and the box were wet.');
  });

  test('with the remainder always covers the old text', () => {
    for (let length = 0; length <= after.length; length++) {
      const { segments, rest } = growingSegments(before, after.slice(0, length));
      expect(textWith(segments, () => false) + rest).toBe(before);
      expect(textWith(segments, () => true)).toBe(after.slice(0, length));
    }
    fc.assert(
      fc.property(words, words, (old, grown) => {
        const { segments, rest } = growingSegments(old, grown);
        expect(textWith(segments, () => false) + rest).toBe(old);
        expect(textWith(segments, () => true)).toBe(grown);
      }),
      { numRuns: 500, seed: 4 },
    );
  });

  test('never resynchronizes far ahead', () => {
    const long = `${'the cup is wet. '.repeat(50)}And so we wait.`;
    const { rest } = growingSegments(long, 'And so');
    expect(rest.length).toBeGreaterThan(700);
  });
});
