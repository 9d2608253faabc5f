import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { guardedText } from '../../../src-main/contract/rewrite/guard.ts';
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

describe('the changes of a guarded rewrite', () => {
  const passage = 'We recieved 12 cups, and Thorne were to late. The louvre is here.';
  const rewrite = 'We received 13 cups, and Thorn was too late. The Louvre is here.';
  const guarded = (old: string, now: string, showsReverted = false) => ({
    changes: guardedText(old, now, [], 'correct').changes,
    showsReverted,
  });

  test('are the sure ones, and suggestions with their doubt; what was taken back is missing', () => {
    const { changes } = rewriteChanges(1, passage, rewrite, 'words', false, guarded(passage, rewrite));
    expect(changes.map(({ insert, doubt }) => [insert, doubt])).toEqual([
      ['received', undefined],
      ['was too', undefined],
      ['Louvre', 'capital'],
    ]);
    expect(made(passage, changes)).toBe('We received 12 cups, and Thorne was too late. The Louvre is here.');
  });

  test('have those that were taken back as suggestions on request', () => {
    const { changes } = rewriteChanges(1, passage, rewrite, 'words', false, guarded(passage, rewrite, true));
    expect(made(passage, changes)).toBe(rewrite);
    expect(changes.map(({ doubt }) => doubt)).toEqual([undefined, 'number', 'name', undefined, 'capital']);
  });

  test('are one suggestion for texts with little in common', () => {
    const [old, now] = [`${before} It cost 12.`, `${other} It was free.`];
    const changes = guardedText(old, now, [], 'custom').changes;
    const { changes: shown } = rewriteChanges(1, old, now, 'words', false, { changes, showsReverted: false });
    expect(shown.map(({ insert, doubt }) => [insert, doubt])).toEqual([[now, 'number']]);
  });

  test('produce the sure text with its suggestions, whatever the texts are', () => {
    const words = fc.array(
      fc.constantFrom('cup', 'cups', 'Anna', 'not', '12', '5', 'the', '.', ',', '\n', '*'),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(
        words,
        words,
        fc.constantFrom('correct' as const, 'custom' as const),
        fc.boolean(),
        (one, two, purpose, all) => {
          const [old, now] = [one.join(' ').trim(), two.join(' ').trim()];
          fc.pre(now !== '');
          const { changes } = guardedText(old, now, [], purpose);
          const shown = rewriteChanges(1, old, now, 'words', false, { changes, showsReverted: all }).changes;
          const wanted = [...changes]
            .reverse()
            .filter(({ verdict }) => all || verdict !== 'reverted')
            .reduce((sum, { from, to, added }) => sum.slice(0, from) + added + sum.slice(to), old);
          expect(made(old, shown)).toBe(wanted);
        },
      ),
      { numRuns: 600, seed: 7 },
    );
  });
});
