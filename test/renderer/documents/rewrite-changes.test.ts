import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rewriteChanges } from '../../../src-renderer/state/documents/editor/rewrite-changes.ts';

const before = 'We got your parcel on Tuesday, but two of the five cups were broken and the box was wet.';
const other = 'Nothing in here is anything like what somebody wrote above, whatever one may look at, or so.';

/** `text`, placed in a document after one letter, with all changes applied. */
const made = (text: string, changes: ReturnType<typeof rewriteChanges>['changes']) =>
  [...changes]
    .reverse()
    .reduce((sum, { from, to, insert }) => sum.slice(0, from) + insert + sum.slice(to), `x${text}`)
    .slice(1);

describe('the changes of a rewrite', () => {
  test('produce the answer, whatever it is', () => {
    const text = fc.array(fc.constantFrom('cup', 'wet', ' ', '\n', '.', '杯'), { maxLength: 30 });
    fc.assert(
      fc.property(text, text, fc.constantFrom('words' as const, 'whole' as const), (old, now, comparison) => {
        const [from, to] = [old.join(''), now.join('').trim()];
        const { changes, written } = rewriteChanges(1, from.trim(), to, comparison, false);
        if (to !== '') expect(made(from.trim(), changes)).toBe(to);
        else expect(changes).toEqual([]);
        expect(written).toBe(1 + from.trim().length);
      }),
      { numRuns: 500, seed: 5 },
    );
  });

  test('are empty if the answer is empty or the same', () => {
    expect(rewriteChanges(1, before, before, 'words', false).changes).toEqual([]);
    expect(rewriteChanges(1, before, '', 'words', false).changes).toEqual([]);
    expect(rewriteChanges(1, before, ' \n', 'whole', false).changes).toEqual([]);
  });

  test('are a single one once the texts have little in common', () => {
    const { changes, comparison } = rewriteChanges(1, before, other, 'words', false);
    expect(changes).toEqual([{ from: 1, to: 1 + before.length, insert: other }]);
    expect(comparison).toBe('whole');
    expect(rewriteChanges(1, before, before.replace('got', 'received'), 'words', false)).toMatchObject({
      changes: [{ insert: 'received' }],
      comparison: 'words',
    });
  });

  test('of a growing alternative text come after the old text, which stays', () => {
    const { changes, written } = rewriteChanges(1, before, 'Two cups', 'whole', true);
    expect(changes).toEqual([{ from: 1 + before.length, to: 1 + before.length, insert: 'Two cups' }]);
    expect(written).toBe(1);
  });

  test('of a continuation are the added text', () => {
    const { changes } = rewriteChanges(1, 'It was late.', 'It was late. She left.', 'whole', false);
    expect(changes).toEqual([{ from: 13, to: 13, insert: ' She left.' }]);
  });
});
