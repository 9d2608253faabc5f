import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DiffPart } from '../../src-main/report/word-diff.ts';
import { wordDiff } from '../../src-main/report/word-diff.ts';

const without = (parts: readonly DiffPart[], kind: DiffPart['kind']) =>
  parts.flatMap((part) => (part.kind === kind ? [] : [part.text])).join('');

test('tells words that went and words that came', () => {
  expect(wordDiff('the old boat', 'the new boat')).toEqual([
    { kind: 'same', text: 'the ' },
    { kind: 'removed', text: 'old' },
    { kind: 'added', text: 'new' },
    { kind: 'same', text: ' boat' },
  ]);
});

test('parts make up both texts', () => {
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

test('long and wholly different texts are compared, too', () => {
  const [before, after] = ['x y '.repeat(20_000), 'p q\n'.repeat(20_000)];
  const parts = wordDiff(before, after);
  expect(without(parts, 'added')).toBe(before);
  expect(without(parts, 'removed')).toBe(after);
});
