import { expect, test } from 'vitest';
import { virtualCount } from '../../../src-renderer/state/write/virtual-count.ts';

test('a short path is rendered as a whole', () => {
  expect([0, 1, 2, 20, 40].map((length) => virtualCount(length, 0))).toEqual([0, 0, 0, 0, 0]);
});

test('at least the last 20 messages of a long path are rendered outside the virtual list, which grows in batches', () => {
  let count = 0;
  const counts = new Set<number>();
  for (let length = 0; length <= 5000; length += 2) {
    count = virtualCount(length, count);
    counts.add(count);
    if (count > 0) expect(length - count).toBeGreaterThanOrEqual(20);
  }
  expect(count).toBe(4980);
  expect(counts.size).toBeLessThan(5000 / 10 + 2);
});

test('a shorter version leaves its messages in the virtual list, except the last two', () => {
  expect(virtualCount(200, 400)).toBe(198);
  expect(virtualCount(1, 400)).toBe(0);
});
