import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aligned, differences } from '../../../src-main/contract/rewrite/guard/alignment.ts';
import { tokensOf } from '../../../src-main/contract/rewrite/guard/tokens.ts';
import { guardedText, type GuardedChange } from '../../../src-main/contract/rewrite/guard.ts';

const words =
  'the a cat cats sat sit on mat not never Anna London i I its it’s recieve receive he she and or quick quickly house horse don’t do 我 们 的 得 不'.split(
    ' ',
  );
const kept =
  '12 3.5 B12 9:30 4,000 https://a.test/x?y=1 me@a.test notes.txt `x + 1` **bold** *all* _it_ [link](https://b.test) # - 🎉 👩‍💻 <b> $5 81% max_len @user'.split(
    ' ',
  );
const joints = [' ', ' ', ' ', ' ', ', ', '. ', '\n', '\n\n- ', '', '  ', ' “', '” ', "'"];
const piece = fc.tuple(
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...words) },
    { weight: 1, arbitrary: fc.constantFrom(...kept) },
  ),
  fc.constantFrom(...joints),
);
const pieces = fc.array(piece, { maxLength: 24 });
const joinedUp = (list: readonly (readonly [string, string])[]) =>
  list
    .map((one) => one.join(''))
    .join('')
    .trim();

/** A passage and a rewrite of it: pieces left out, replaced, put in and swapped. */
const rewritten = fc
  .tuple(
    pieces,
    fc.array(fc.tuple(fc.nat(24), fc.constantFrom('out', 'in', 'other', 'swap'), piece), { maxLength: 8 }),
  )
  .map(([list, edits]) => {
    const now = [...list];
    for (const [at, kind, other] of edits) {
      if (kind === 'in') now.splice(at, 0, other);
      else if (kind === 'out') now.splice(at, 1);
      else if (at < now.length) now[at] = kind === 'other' ? other : [other[0], now[at]![1]];
    }
    return [joinedUp(list), joinedUp(now)] as const;
  });
const purposes = fc.constantFrom(
  'correct' as const,
  'reword' as const,
  'shorten' as const,
  'custom' as const,
);

const applied = (
  passage: string,
  text: string,
  changes: readonly GuardedChange[],
  takes: (change: GuardedChange) => boolean,
) => {
  let [result, at] = ['', 0];
  for (const change of changes) {
    expect(change.from).toBeGreaterThanOrEqual(at);
    result +=
      passage.slice(at, change.from) +
      (takes(change) ? text.slice(change.start, change.end) : change.removed);
    at = change.to;
  }
  return result + passage.slice(at);
};

const numRuns = 1500;

describe('a guarded text', () => {
  test('of an unchanged text is unchanged', () => {
    fc.assert(
      fc.property(pieces, purposes, (list, purpose) => {
        const text = joinedUp(list);
        expect(guardedText(text, text, [], purpose)).toEqual({ text, changes: [] });
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  test('is the passage with the sure changes; with all of them it is the rewrite', () => {
    fc.assert(
      fc.property(rewritten, purposes, ([passage, text], purpose) => {
        const { text: sure, changes } = guardedText(passage, text, [], purpose);
        expect(applied(passage, text, changes, ({ verdict }) => verdict === 'sure')).toBe(sure);
        expect(applied(passage, text, changes, () => true)).toBe(text);
        for (const change of changes) {
          expect(change.removed).toBe(passage.slice(change.from, change.to));
          expect(change.added).toBe(text.slice(change.start, change.end));
          expect(change.doubt === null).toBe(change.verdict === 'sure');
          expect(change.verdict === 'reverted' && purpose !== 'correct').toBe(false);
        }
      }),
      { numRuns, seed: 2 },
    );
  });

  test('is guarded once and for all', () => {
    fc.assert(
      fc.property(rewritten, ([passage, text]) => {
        const once = guardedText(passage, text, [], 'correct').text;
        expect(guardedText(passage, once, [], 'correct').text).toBe(once);
      }),
      { numRuns, seed: 3 },
    );
  });

  test('of a correction has the digits, addresses, markup, emoji and lines of its passage', () => {
    const keeps = (text: string) =>
      tokensOf(text)
        .filter(({ kind }) => ['number', 'address', 'markup', 'emoji', 'break'].includes(kind))
        .map((token) => token.text);
    const digits = (text: string) => text.match(/\d/gu) ?? [];
    fc.assert(
      fc.property(
        fc.oneof(rewritten, fc.tuple(pieces.map(joinedUp), pieces.map(joinedUp))),
        ([passage, text]) => {
          const sure = guardedText(passage, text, [], 'correct').text;
          expect(keeps(sure)).toEqual(keeps(passage));
          expect(digits(sure)).toEqual(digits(passage));
        },
      ),
      { numRuns, seed: 4 },
    );
  });

  test('keeps a passage whose rewrite loses all of that, which the rewrite itself doesn’t (negative control)', () => {
    const passage = 'See https://a.test/x for the 12 *big* ones 🎉';
    expect(guardedText(passage, 'See it.', [], 'correct').text).toBe(passage);
    expect(guardedText(passage, 'See it.', [], 'to-english').text).toBe('See it.');
  });
});

describe('differences', () => {
  const list = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 20 });

  test('turn one list into the other, aligned or not, with a shortest script', () => {
    fc.assert(
      fc.property(list, list, (before, after) => {
        const parts = differences(before, after);
        const units = parts.flatMap((part) =>
          aligned(part, (from, to, start, end) => to - from + end - start),
        );
        for (const found of [parts, units]) {
          let [at, result] = [0, [] as string[]];
          for (const { from, to, start, end } of found) {
            result = [...result, ...before.slice(at, from), ...after.slice(start, end)];
            at = to;
          }
          expect([...result, ...before.slice(at)]).toEqual(after);
        }
        const edits = parts.reduce((sum, { from, to, start, end }) => sum + to - from + end - start, 0);
        expect(edits).toBe(before.length + after.length - 2 * commonLength(before, after));
      }),
      { numRuns: 800, seed: 5 },
    );
  });

  test('of long and utterly different lists are one', () => {
    const [before, after] = ['a', 'b'].map((letter) =>
      Array.from({ length: 3000 }, (_, at) => `${letter}${at}`),
    );
    expect(differences(before!, after!)).toEqual([{ from: 0, to: 3000, start: 0, end: 3000 }]);
  });
});

/** Length of a longest common subsequence, by the plain table. */
function commonLength(before: readonly string[], after: readonly string[]): number {
  const table = [Array<number>(after.length + 1).fill(0)];
  for (const [i, one] of before.entries()) {
    const row = [0];
    for (const [j, other] of after.entries())
      row.push(one === other ? table[i]![j]! + 1 : Math.max(table[i]![j + 1]!, row[j]!));
    table.push(row);
  }
  return table.at(-1)!.at(-1)!;
}

test('hostile texts take no longer than long ones', () => {
  const hostile = [
    'a.',
    'a-',
    '1,',
    '_a',
    '*',
    '`a',
    '<a ',
    '[a](',
    'www.',
    'a@',
    ' ',
    '\n',
    '"',
    '😀',
    'the ',
    '不',
    "it's ",
  ];
  for (const [index, one] of hostile.entries()) {
    const [passage, text] = [one, hostile[(index + 1) % hostile.length]!].map(
      (piece) => `x${piece.repeat(2000)}x`,
    );
    const { changes } = guardedText(passage!, text!, [], 'correct');
    expect(applied(passage!, text!, changes, () => true)).toBe(text);
  }
});
