import { expect, test } from 'vitest';
import { nextZoom, zoomDirection } from '../../../src-renderer/state/shell/next-zoom.ts';

test('zoom changes in steps, stops at both ends, and can be reset', () => {
  expect(nextZoom(100, 'in')).toBe(110);
  expect(nextZoom(100, 'out')).toBe(90);
  expect(nextZoom(200, 'in')).toBe(200);
  expect(nextZoom(50, 'out')).toBe(50);
  expect(nextZoom(175, 'reset')).toBe(100);
  expect(['+', '=', '-', '_', '0', 'a'].map(zoomDirection)).toEqual([
    'in',
    'in',
    'out',
    'out',
    'reset',
    undefined,
  ]);
});
