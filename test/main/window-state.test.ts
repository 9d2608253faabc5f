import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Bounds } from '../../src-main/window-state.ts';
import { readWindowState, writeWindowState } from '../../src-main/window-state.ts';
import { temporaryFolder } from '../database/temporary-folder.ts';

const screen = { x: 0, y: 0, width: 1920, height: 1080 };
const state = { bounds: { x: 100, y: 50, width: 1000, height: 700 }, maximized: false };
const file = () => path.join(temporaryFolder(), 'window.json');

test('a stored state is read back', () => {
  const place = file();
  writeWindowState(place, state);
  expect(readWindowState(place, [screen])).toEqual(state);
  writeWindowState(place, { ...state, maximized: true });
  expect(readWindowState(place, [screen])?.maximized).toBe(true);
  expect(fs.readdirSync(path.dirname(place))).toEqual(['window.json']);
});

test('the position on a disconnected screen is ignored', () => {
  const place = file();
  writeWindowState(place, { ...state, bounds: { ...state.bounds, x: 2500 } });
  expect(readWindowState(place, [screen])).toBeUndefined();
  expect(readWindowState(place, [screen, { ...screen, x: 1920 }])).toBeDefined();
});

test.each(['', '{', '[]', '{"bounds":{"x":0,"y":0,"width":"wide","height":1},"maximized":false}'])(
  'the corrupt file %j is ignored',
  (text) => {
    const place = file();
    fs.writeFileSync(place, text);
    expect(readWindowState(place, [screen])).toBeUndefined();
  },
);

test('a missing folder only loses the state', () => {
  const place = path.join(file(), 'deeper', 'window.json');
  expect(() => writeWindowState(place, state)).not.toThrow();
  expect(readWindowState(place, [screen])).toBeUndefined();
});

/** What a window stored with these bounds reopens with. */
function reopened([x, y, width, height]: readonly number[], screens: readonly Bounds[]) {
  const place = file();
  writeWindowState(place, { bounds: { x, y, width, height } as Bounds, maximized: false });
  const bounds = readWindowState(place, screens)?.bounds;
  return bounds && [bounds.x, bounds.y, bounds.width, bounds.height];
}

describe('a window reopens where its title bar can be grabbed', () => {
  const laptop = { x: 0, y: 0, width: 1366, height: 728 };
  const above = { x: 0, y: -1080, width: 1920, height: 1080 };
  const left = { x: -1920, y: 200, width: 1920, height: 1080 };
  /** With a menu bar and a dock. */
  const mac = { x: 0, y: 25, width: 1440, height: 800 };
  test.each([
    ['inside the screen', [100, 50, 1000, 600], [laptop], [100, 50, 1000, 600]],
    ['filling the screen', [0, 0, 1366, 728], [laptop], [0, 0, 1366, 728]],
    ['above the screen', [100, -500, 1000, 700], [laptop], [100, 0, 1000, 700]],
    ['one pixel above the screen', [100, -1, 1000, 700], [laptop], [100, 0, 1000, 700]],
    [
      'with the title bar on the upper screen',
      [100, -500, 1000, 700],
      [laptop, above],
      [100, -500, 1000, 700],
    ],
    ['with the title bar across two screens', [100, -16, 1000, 700], [laptop, above], [100, 0, 1000, 700]],
    ['with the title bar under the menu bar', [10, 0, 900, 600], [mac], [10, 25, 900, 600]],
    ['with the title bar under the dock', [10, 820, 900, 600], [mac], [10, 225, 900, 600]],
    ['with the title bar at the lower edge', [10, 720, 900, 600], [laptop], [10, 128, 900, 600]],
    ['with its lower part off the screen', [10, 600, 900, 600], [laptop], [10, 600, 900, 600]],
    ['with only the window buttons on the screen', [-860, 50, 1000, 600], [laptop], [0, 50, 1000, 600]],
    ['with the left end on the screen', [1200, 50, 1000, 600], [laptop], [366, 50, 1000, 600]],
    ['half off to the left', [-500, 50, 1000, 600], [laptop], [-500, 50, 1000, 600]],
    ['half off to the right', [866, 50, 1000, 600], [laptop], [866, 50, 1000, 600]],
    ['on the left screen', [-1500, 300, 1000, 600], [laptop, left], [-1500, 300, 1000, 600]],
    ['on the left screen, disconnected', [-1500, 300, 1000, 600], [laptop], undefined],
    [
      'in the corner where two screens leave a gap',
      [-500, 20, 600, 600],
      [laptop, left],
      [-600, 200, 600, 600],
    ],
    ['too large', [0, 0, 2560, 1440], [laptop], [0, 0, 1366, 728]],
    ['too large and shifted', [-1300, -700, 2560, 1440], [laptop], [0, 0, 1366, 728]],
    ['too wide', [50, 50, 3000, 500], [laptop], [50, 50, 1366, 500]],
    ['too high', [50, 50, 800, 3000], [laptop], [50, 50, 800, 728]],
    [
      'wider than the screen that has its title bar',
      [-1000, 300, 2300, 400],
      [laptop, left],
      [-1000, 300, 1366, 400],
    ],
    ['narrower than the grabbable part', [10, 10, 120, 100], [laptop], [10, 10, 120, 100]],
    ['far away', [1e9, 1e9, 1000, 700], [laptop], undefined],
    ['endless', [-1e9, -1e9, 2e9, 2e9], [laptop], [0, 0, 1366, 728]],
    ['below the dock', [10, 830, 900, 600], [mac], undefined],
    ['without any screen', [0, 0, 1000, 700], [], undefined],
  ] as const)('%s', (_where, stored, screens, expected) => {
    expect(reopened(stored, screens)).toEqual(expected);
  });

  const size = fc.integer({ min: 480, max: 5000 });
  const position = fc.integer({ min: -6000, max: 6000 });
  const rectangle = fc.record({ x: position, y: position, width: size, height: size });
  /** Screens don't overlap: each lies in a square of its own. */
  const screenSets = fc
    .uniqueArray(fc.tuple(fc.integer({ min: -1, max: 1 }), fc.integer({ min: -1, max: 1 }), rectangle), {
      minLength: 1,
      maxLength: 4,
      selector: ([column, row]) => `${column},${row}`,
    })
    .map((places) =>
      places.map(([column, row, { width, height }]) => ({ x: column * 5000, y: row * 5000, width, height })),
    );

  test('on any screens, and stays there the next time', () => {
    fc.assert(
      fc.property(rectangle, screenSets, (window, screens) => {
        const bounds = reopened([window.x, window.y, window.width, window.height], screens);
        fc.pre(bounds !== undefined);
        const [x = 0, y = 0, width = 0, height = 0] = bounds;
        const holding = screens.filter(
          (area) =>
            y >= area.y &&
            y + 32 <= area.y + area.height &&
            Math.min(x + width, area.x + area.width) - Math.max(x, area.x) >= 200,
        );
        expect(holding.some((area) => width <= area.width && height <= area.height)).toBe(true);
        expect(reopened(bounds, screens)).toEqual(bounds);
      }),
      { numRuns: 300 },
    );
  });

  test('unchanged if one screen holds it whole', () => {
    fc.assert(
      fc.property(rectangle, fc.array(rectangle, { maxLength: 3 }), (window, others) => {
        const bounds = [window.x, window.y, window.width, window.height];
        const around = { x: window.x - 5, y: window.y, width: window.width + 9, height: window.height + 7 };
        expect(reopened(bounds, [around, ...others])).toEqual(bounds);
      }),
      { numRuns: 300 },
    );
  });
});
