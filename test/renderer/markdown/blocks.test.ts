import { expect, test } from 'vitest';
import { blocksOf } from '../../../src-renderer/components/markdown/blocks.ts';

test('a block that did not change is the very same object', () => {
  const before = blocksOf('# Title\n\nOne\n\nTwo', []);
  const after = blocksOf('# Title\n\nOne\n\nTwo grows', before);
  expect(after[0]).toBe(before[0]);
  expect(after[1]).toBe(before[1]);
  expect(after[2]).not.toBe(before[2]);
});

test('blank lines and link definitions are no blocks', () => {
  expect(blocksOf('a\n\n\n\nb\n\n[x]: https://example.com\n', []).map(({ type }) => type)).toEqual([
    'paragraph',
    'paragraph',
  ]);
});
