import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Edges, placeBeside } from '../../../src-renderer/state/shell/beside.ts';

const window = { left: 0, top: 0, right: 1280, bottom: 800 };
const low = { left: 0, top: 0, right: 900, bottom: 600 };
const size = { width: 380, height: 420 };

/** Where the box is in `space`, whose lower edge `bottom` is measured from. */
function edgesOf(anchor: Edges, box: typeof size, space: Edges): Edges {
  const { left, top, bottom, maxHeight } = placeBeside(anchor, box, space);
  const height = Math.min(box.height, maxHeight);
  const from = top ?? space.bottom - (bottom ?? 0) - height;
  return { left, right: left + box.width, top: from, bottom: from + height };
}
const overlap = (one: Edges, other: Edges) =>
  one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top;

describe('a box beside an anchor', () => {
  test.each([
    [
      'below a line at the top',
      { left: 700, right: 900, top: 100, bottom: 120 },
      window,
      { left: 700, top: 128 },
    ],
    [
      'above a line at the bottom',
      { left: 700, right: 900, top: 700, bottom: 720 },
      window,
      { left: 700, bottom: 692 },
    ],
    [
      'to the left of a tall passage',
      { left: 700, right: 1240, top: 100, bottom: 700 },
      window,
      { right: 692 },
    ],
    [
      'to the right of one at the left',
      { left: 40, right: 500, top: 100, bottom: 700 },
      window,
      { left: 508 },
    ],
    ['to the left in a low window', { left: 500, right: 880, top: 150, bottom: 450 }, low, { right: 492 }],
    [
      'within the right edge',
      { left: 1200, right: 1260, top: 100, bottom: 120 },
      window,
      { right: 1272, top: 128 },
    ],
  ] as const)('is %s', (_, anchor, space, expected) => {
    expect(edgesOf(anchor, size, space)).toMatchObject(expected);
  });

  test('is shorter where no side has room for all of it', () => {
    const anchor = { left: 20, right: 880, top: 100, bottom: 330 };
    const { maxHeight, top } = placeBeside(anchor, size, low);
    expect([top, maxHeight]).toEqual([338, 254]);
  });

  test('never covers an anchor that leaves room on some side, and stays within the space', () => {
    const places = fc.record({
      space: fc.record({
        width: fc.integer({ min: 500, max: 1600 }),
        height: fc.integer({ min: 400, max: 1100 }),
      }),
      from: fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
      extent: fc.tuple(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
      ),
      height: fc.integer({ min: 60, max: 700 }),
    });
    let covered = 0;
    fc.assert(
      fc.property(places, ({ space: { width, height: high }, from, extent, height }) => {
        const space = { left: 0, top: 0, right: width, bottom: high };
        const [left, top] = [from[0] * width, from[1] * high];
        const anchor = {
          ...{ left, top },
          right: left + extent[0] * (width - left),
          bottom: top + extent[1] * (high - top),
        };
        const box = edgesOf(anchor, { width: 380, height }, space);
        expect(box.left).toBeGreaterThanOrEqual(0);
        expect(box.top).toBeGreaterThanOrEqual(0);
        expect(box.right).toBeLessThanOrEqual(width + 0.001);
        expect(box.bottom).toBeLessThanOrEqual(high + 0.001);
        if (!overlap(box, anchor)) return;
        covered += 1;
        // Only where neither side is wide enough and neither of the others is high enough.
        expect(Math.max(anchor.left, width - anchor.right)).toBeLessThan(380 + 3 * 8);
        expect(Math.max(anchor.top, high - anchor.bottom)).toBeLessThan(180 + 3 * 8);
      }),
      { numRuns: 1000, seed: 1 },
    );
    // Control: there are anchors that leave no room.
    expect(covered).toBeGreaterThan(0);
  });
});
