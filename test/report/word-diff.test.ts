import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DiffPart } from '../../src-main/report/word-diff.ts';
import { wordDiff } from '../../src-main/report/word-diff.ts';

const without = (parts: readonly DiffPart[], kind: DiffPart['kind']) =>
  parts.flatMap((part) => (part.kind === kind ? [] : [part.text])).join('');

test('reports removed and added words', () => {
  expect(wordDiff('the old boat', 'the new boat')).toEqual([
    { kind: 'same', text: 'the ' },
    { kind: 'removed', text: 'old' },
    { kind: 'added', text: 'new' },
    { kind: 'same', text: ' boat' },
  ]);
});

test('both texts can be rebuilt from the parts', () => {
  const text = fc.array(fc.constantFrom('a', 'b', ' ', '\n', '雨', '🌧', 'word', '.'), { maxLength: 60 });
  fc.assert(
    fc.property(text, text, (one, other) => {
      const [before, after] = [one.join(''), other.join('')];
      const parts = wordDiff(before, after);
      expect(without(parts, 'added')).toBe(before);
      expect(without(parts, 'removed')).toBe(after);
    }),
  );
});

test('handles long and completely different texts', () => {
  const [before, after] = ['x y '.repeat(20_000), 'p q\n'.repeat(20_000)];
  const parts = wordDiff(before, after);
  expect(without(parts, 'added')).toBe(before);
  expect(without(parts, 'removed')).toBe(after);
});
