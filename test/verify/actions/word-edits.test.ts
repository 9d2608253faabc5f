import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editCounts, editScore, unitsOf, wordEdits } from './word-edits.ts';

describe('units', () => {
  test.each([
    ["I don't know, Mr. Lee.", ['I', "don't", 'know', ',', 'Mr', '.', 'Lee', '.']],
    ['a\n\nb', ['a', '\n\n', 'b']],
    ['café über 3.5%', ['café', 'über', '3', '.', '5', '%']],
    ['他在家。', ['他', '在', '家', '。']],
    ["the boys' shoes", ['the', "boys'", 'shoes']],
    ['', []],
  ])('of %j', (text, units) => {
    expect(unitsOf(text)).toEqual(units);
  });
});

/** Passage, text, and its edits, counted by hand. */
const edited: readonly (readonly [string, string, readonly string[]])[] = [
  ['He go home.', 'He goes home.', ['1 go > goes']],
  ['He go home.', 'He go home.', []],
  ['I saw saw it.', 'I saw it.', ['1 saw >']],
  ['I have cat.', 'I have a cat.', ['2 > a']],
  ['monday is fine', 'Monday is fine.', ['0 monday > Monday', '3 > .']],
  ['We seen alot', 'We saw a lot', ['1 seen > saw', '2 > a', '2 alot > lot']],
  ['Its late', "It's late", ["0 Its > It's"]],
  ['We met, then left.', 'We met. Then left.', ['2 , > .', '3 then > Then']],
  ['a b c', 'x a b c', ['0 > x']],
  ['a b c', 'a b c x y', ['3 > x', '3 > y']],
  ['one two three four', 'one four', ['1 two >', '2 three >']],
  ['他的高兴地跑', '他高兴地跑', ['1 的 >']],
  ['高兴的跑', '高兴地跑', ['2 的 > 地']],
  ['I look forward to meet you', 'I look forward to meeting you', ['4 meet > meeting']],
  ['She dont know nothing', "She doesn't know anything", ["1 dont > doesn't", '3 nothing > anything']],
  ['', 'Hi', ['0 > Hi']],
  ['Hi', '', ['0 Hi >']],
];

test.each(edited)('from %j to %j', (before, after, edits) => {
  expect([...wordEdits(before, after)].sort()).toEqual([...edits].sort());
});

const words = fc
  .array(fc.constantFrom('the', 'cat', 'cats', 'sat', 'on', 'a', 'mat', ',', '.', 'dog'), { maxLength: 12 })
  .map((list) => list.join(' '));

test('there are no edits between equal texts, and at most one for each unit', () => {
  fc.assert(
    fc.property(words, words, (before, after) => {
      expect(wordEdits(before, before)).toEqual([]);
      const most = unitsOf(before).length + unitsOf(after).length;
      expect(wordEdits(before, after).length).toBeLessThanOrEqual(most);
      if (before !== after) expect(wordEdits(before, after)).not.toEqual([]);
    }),
  );
});

test('a correction counts the same whatever else is wrong', () => {
  fc.assert(
    fc.property(words, words, (before, after) => {
      const edits = wordEdits(`${before} zebra go home`, `${after} zebra goes home`);
      const at = unitsOf(before).length + 1;
      expect(edits).toContain(`${at} go > goes`);
    }),
  );
});

describe('counts', () => {
  const source = 'He go to school yesterday.';
  const right = 'He went to school yesterday.';
  test.each([
    [right, [right], { right: 1, wrong: 0, missed: 0 }],
    [source, [right], { right: 0, wrong: 0, missed: 1 }],
    ['He goes to school yesterday.', [right], { right: 0, wrong: 1, missed: 1 }],
    ['He went to the school yesterday.', [right], { right: 1, wrong: 1, missed: 0 }],
    // The nearest of several references counts.
    [
      'He had gone to school yesterday.',
      [right, 'He had gone to school yesterday.'],
      { right: 2, wrong: 0, missed: 0 },
    ],
    [source, [source], { right: 0, wrong: 0, missed: 0 }],
    ['She go to school yesterday.', [source], { right: 0, wrong: 1, missed: 0 }],
  ])('of %j', (text, references, counts) => {
    expect(editCounts(source, text, references)).toEqual(counts);
  });

  test('the same word inserted twice where one is wanted is one right edit and one wrong', () => {
    expect(editCounts('I have cat', 'I have a a cat', ['I have a cat'])).toEqual({
      right: 1,
      wrong: 1,
      missed: 0,
    });
  });
});

describe('precision, recall and F0.5', () => {
  test.each([
    [{ right: 0, wrong: 0, missed: 0 }, [1, 1, 1]],
    [{ right: 3, wrong: 1, missed: 3 }, [0.75, 0.5, 0.681818]],
    [{ right: 0, wrong: 2, missed: 2 }, [0, 0, 0]],
    [{ right: 0, wrong: 0, missed: 4 }, [1, 0, 0]],
    [{ right: 8, wrong: 2, missed: 0 }, [0.8, 1, 0.833333]],
    [{ right: 1, wrong: 0, missed: 9 }, [1, 0.1, 0.357143]],
  ])('of %j', (counts, [precision, recall, f]) => {
    const score = editScore(counts);
    expect(score.precision).toBeCloseTo(precision!, 5);
    expect(score.recall).toBeCloseTo(recall!, 5);
    expect(score.f).toBeCloseTo(f!, 5);
  });
});
