import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { repeatedShare, repeatsItself } from '../../src-main/report/repeated-text.ts';

const idsOf = (ids: readonly number[]) => ids.map((id) => ({ id }));
/** The tokens of a text of words and punctuation marks. */
const tokensOf = (text: string) => {
  const known = new Map<string, number>();
  return idsOf(
    (text.match(/\p{Script=Han}|[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? []).map((word) => {
      const id = known.get(word) ?? known.size;
      known.set(word, id);
      return id;
    }),
  );
};

const harbour =
  'The ferry leaves the harbour at noon and returns before dark, unless fog keeps it on the island, where the only inn has four rooms, no telephone and a cook who learned her trade at sea. Nobody minds the wait.';
const list =
  '1. Wash the rice until the water is clear.\n2. Soak it for half an hour.\n3. Bring it to the boil, then lower the heat.\n4. Leave it covered for twelve minutes.\n5. Fluff it with a fork.';
const code =
  'function sum(values: number[]): number { let total = 0; for (const value of values) total += value; return total; } function mean(values: number[]): number { return values.length === 0 ? 0 : sum(values) / values.length; }';
const table =
  '| city | people | area |\n| --- | --- | --- |\n| Bergen | 291940 | 464 |\n| Oslo | 717710 | 454 |\n| Tromsø | 77992 | 2521 |\n| Bodø | 53712 | 1395 |';
const chinese =
  '渡船中午离开港口，天黑前返回；若有大雾，就留在岛上，那里唯一的客栈有四间房、没有电话，厨师是在海上学的手艺。';
const varied = Array.from({ length: 400 }, (_, place) => `word${(place * 7919) % 397}`).join(' ');

test.each([
  ['prose', harbour],
  ['a numbered list', list],
  ['code', code],
  ['a table', table],
  ['Chinese prose', chinese],
  ['a long varied text', varied],
  ['a short answer', 'Yes.'],
  ['a word said twice', 'No, no.'],
  ['an empty text', ''],
  ['ten times one word, which is an answer', 'ha '.repeat(10)],
  ['a refrain between verses', `${harbour} Row on, row on. ${list} Row on, row on. ${code}`],
  ['a quotation of the question', `${harbour} The answer: ${harbour.slice(0, 60)}`],
  ['numbers counted up', Array.from({ length: 90 }, (_, number) => `${number},`).join(' ')],
])('%s does not repeat itself', (_name, text) => {
  expect(repeatsItself(tokensOf(text))).toBe(false);
});

test.each([
  ['one word', 'very '.repeat(40)],
  ['two words', 'row boat '.repeat(20)],
  ['a sentence', 'I am not sure what you mean. '.repeat(6)],
  [
    'a numbered loop',
    Array.from({ length: 8 }, (_, number) => `${number}. The sea is blue and wide and deep.`).join('\n'),
  ],
  ['a paragraph', `${harbour}\n\n`.repeat(3)],
  ['a loop at the end of a varied text', `${varied} ${'and then it was over '.repeat(20)}`],
  ['a loop at the start', `${'and then it was over '.repeat(20)} ${varied}`],
  [
    'a loop in the middle',
    `${varied} ${'and then it was over '.repeat(20)} ${varied.split(' ').reverse().join(' ')}`,
  ],
  ['a long loop late in a long text', `${varied} ${`${harbour} ${list} `.repeat(4)}`],
  ['Chinese', '我不知道。'.repeat(10)],
  ['a line of code', 'total += value;\n'.repeat(12)],
  ['the row of a table', '| Oslo | 717710 | 454 |\n'.repeat(8)],
  ['one token', ' '.repeat(0) + '. '.repeat(64)],
])('a loop of %s repeats itself', (_name, text) => {
  expect(repeatsItself(tokensOf(text))).toBe(true);
});

describe('for any tokens', () => {
  const tokens = fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 400 });

  test('the share is from 0 to 1, and at least seq-rep-4 of the whole', () => {
    fc.assert(
      fc.property(tokens, (ids) => {
        const share = repeatedShare(idsOf(ids));
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThan(1);
        if (ids.length < 24) {
          expect(share).toBe(0);
          return;
        }
        const ngrams = ids.slice(3).map((_, place) => ids.slice(place, place + 4).join(' '));
        expect(share).toBeGreaterThanOrEqual(1 - new Set(ngrams).size / ngrams.length - 1e-12);
      }),
    );
  });

  test('the share depends on which tokens are equal, not on their ids', () => {
    fc.assert(
      fc.property(tokens, (ids) => {
        expect(repeatedShare(idsOf(ids.map((id) => 49_151 - 3 * id)))).toBe(repeatedShare(idsOf(ids)));
      }),
    );
  });

  test('any unit said often enough in a row is found, wherever it stands', () => {
    const distinct = (from: number, count: number) =>
      Array.from({ length: count }, (_, place) => from + place);
    let found = 0;
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 0, max: 600 }),
        fc.integer({ min: 0, max: 600 }),
        (length, before, after) => {
          const unit = distinct(10_000, length);
          const times = Math.ceil(264 / length);
          const loop = Array.from({ length: times }, () => unit).flat();
          const text = idsOf([...distinct(0, before), ...loop, ...distinct(20_000, after)]);
          expect(repeatsItself(text)).toBe(true);
          found += 1;
          // Negative control: the unit alone.
          expect(repeatsItself(idsOf([...distinct(0, before), ...unit, ...distinct(20_000, after)]))).toBe(
            false,
          );
        },
      ),
    );
    expect(found).toBeGreaterThan(50);
  });
});
