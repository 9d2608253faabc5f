import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loopAtEnd, LoopWatch } from '../../src-main/contract/text-loop.ts';

const times = (count: number, unit: string | ((index: number) => string)) =>
  Array.from({ length: count }, (_, index) => (typeof unit === 'string' ? unit : unit(index))).join('');
const isLoop = (text: string, source?: string) => loopAtEnd(text, source) !== null;

/** What small models were seen to end in. */
const loops: readonly (readonly [name: string, text: string])[] = [
  ['a placeholder line', `Dear Sir,\n\n${times(43, '[Your Position]\n')}`],
  ['a placeholder cut within a copy', `${times(30, '[Your Position]\n')}[Your Pos`],
  ['one word', times(60, 'the ')],
  ['one letter', times(200, 'a')],
  ['two words', times(30, 'and then ')],
  ['a clause', times(14, 'she went to the door and ')],
  ['a sentence', times(12, 'The cat sat on the mat. ')],
  ['a sentence on lines', times(12, 'The cat sat on the mat.\n')],
  [
    'a long sentence',
    times(8, 'He thought of the house by the sea and of everything he had left there that winter. '),
  ],
  [
    'two alternating sentences',
    times(11, 'I am sorry for the confusion. I can help you with that, of course. '),
  ],
  [
    'a paragraph',
    times(
      5,
      `${'A paragraph that says nothing at great length. It goes on about the weather in the north, the price of bread in the south, the trains that are late, and the letters that nobody has answered since the spring, while the clock on the wall stands still and the kettle boils over.'}\n\n`,
    ),
  ],
  ['a list item', times(20, '- Milk and eggs\n')],
  ['a numbered item', times(20, (index) => `${index + 1}. The meeting is on Friday.\n`)],
  ['a numbered item in parentheses', times(20, (index) => `  ${index + 1}) Contact the office.\n`)],
  ['an emphasised line', times(20, '**Note:** see above.\n')],
  ['a quoted line', times(14, '> I hope this message finds you well.\n')],
  ['a table row', times(14, '| Monday | open | closed |\n')],
  ['a question and its answer', times(11, 'Q: What is it?\nA: It is what it is, and no more than that.\n')],
  ['Chinese words', times(40, '非常好，')],
  ['a Chinese sentence', times(12, '图书馆九点开门，请带好您的借书证。')],
  ['a Chinese list', times(20, (index) => `${index + 1}、请联系办公室的同事。\n`)],
  ['one Chinese character', times(100, '哈')],
  ['Japanese', times(20, 'ありがとうございます。')],
  ['Cyrillic', times(20, 'Спасибо за письмо. ')],
  ['code', times(20, 'console.log("done");\n')],
  ['zeros without an end', times(400, '0, ')],
  ['a lone mark on lines', times(60, '#\n\n')],
  ['empty items', times(60, '- \n')],
  ['a rule without an end', times(800, '-')],
];

/** What people and models write on purpose. */
const notLoops: readonly (readonly [name: string, text: string])[] = [
  ['a shopping list', '- Milk\n- Eggs\n- Bread\n- Milk\n- Eggs\n- Bread\n'],
  ['a list of equal beginnings', times(20, (index) => `- The ${'abcdefghijklmnopqrst'[index]} is open\n`)],
  [
    'a numbered list',
    times(30, (index) => `${index + 1}. Chapter ${['one', 'two', 'three', 'four'][index % 4]} of ${index}\n`),
  ],
  ['a list of tasks', times(8, '- [ ] \n')],
  ['a wide Markdown table', `|${times(30, ' a |')}\n|${times(30, ' --- |')}\n`],
  ['the border of a table', `+${times(12, '----------+')}\n`],
  ['a column of equal cells', times(9, '| yes | no |\n')],
  ['a rule', times(120, '-')],
  ['a double rule', times(120, '=')],
  ['a leader of dots', `Chapter one ${times(90, '.')} 12`],
  ['a form', `Name: ${times(120, '_')}`],
  ['a row of asterisks', times(40, '* ')],
  [
    'a poem with a refrain',
    times(
      4,
      (index) =>
        `The ${['moon', 'sea', 'wind', 'night'][index]} is out and high,\nand who am I to ask it why?\nSing, sing, oh sing with me,\nsing, sing, oh sing with me.\n\n`,
    ),
  ],
  [
    'a round',
    'Row, row, row your boat,\nGently down the stream.\nMerrily, merrily, merrily, merrily,\nLife is but a dream.\n'.repeat(
      2,
    ),
  ],
  ['a chorus', times(18, 'na ') + 'hey Jude'],
  ['a laugh', times(30, 'ha')],
  ['a long laugh in Chinese', times(40, '哈')],
  ['emphasis', `It was ${times(20, 'very, ')}`],
  [
    'a counting rhyme',
    'Ten green bottles hanging on the wall,\n'.repeat(2) + 'and if one green bottle should fall',
  ],
  ['decimals of a third', `0.${times(120, '3')}`],
  ['a power of ten', `1${times(100, '0')}`],
  ['a row of zeros', times(64, '0 ')],
  ['a matrix', times(8, '0 0 0 0 0 0 0 0\n')],
  ['an identity matrix', times(12, (row) => `${times(12, (column) => (row === column ? '1 ' : '0 '))}\n`)],
  ['binary', times(80, '01')],
  ['dates', times(30, (index) => `2024-03-${index + 1}\n`)],
  ['prices', times(30, (index) => `| Item | ${index * 7} EUR |\n`)],
  ['closing braces', times(10, (index) => `${' '.repeat(20 - 2 * index)}}\n`)],
  ['empty cells in HTML', times(9, '    <td></td>\n')],
  ['nulls', `[${times(20, 'null, ')}]`],
  ['assignments', times(20, (index) => `x[${index}] = y[${index}];\n`)],
  ['a switch', times(20, (index) => `case ${index}: return ${index * index};\n`)],
  ['blank lines', times(40, '\n')],
  ['an indentation', times(200, ' ')],
  ['a sentence said three times', times(3, 'I will not talk in class. ')],
  [
    'a paragraph said twice',
    times(2, `${'One long paragraph with enough words to be one. '.repeat(2)}And its end.\n\n`),
  ],
  ['a Chinese couplet', times(2, '床前明月光，疑是地上霜。举头望明月，低头思故乡。\n')],
  ['a Chinese list', times(15, (index) => `${index + 1}、第${'一二三四五六七八九十甲乙丙丁戊'[index]}项\n`)],
  ['a hexadecimal dump', times(16, (index) => `00${index.toString(16)}0: 00 00 00 00 ff ff 00 00\n`)],
];

describe('a loop', () => {
  test.each(loops)('is found: %s', (_, text) => {
    expect(isLoop(text)).toBe(true);
    expect(isLoop(`Some words before it. ${text}`)).toBe(true);
  });

  test.each(loops)('is no longer at the end once the text goes on: %s', (_, text) => {
    expect(isLoop(`${text} And so the story ended, happily or not.`)).toBe(false);
  });

  test.each(notLoops)('is not what is written on purpose: %s', (_, text) => {
    const watch = new LoopWatch(() => '');
    const whole = `Some words before it.\n${text}\nSome words after it.`;
    expect([...whole].some((character) => watch.add(character))).toBe(false);
  });

  test.each(loops)('is none where the source repeats it as often: %s', (_, text) => {
    expect(isLoop(text, text)).toBe(false);
    expect(isLoop(text, `Before. ${text} After.`)).toBe(false);
    // Control: a source that has the unit once or twice doesn't excuse it.
    expect(isLoop(text, text.slice(0, 40))).toBe(true);
  });

  test('beyond what the source repeats is one', () => {
    const refrain = 'Sing, oh sing with me.\n';
    expect(isLoop(times(20, refrain), times(20, refrain))).toBe(false);
    expect(isLoop(times(60, refrain), times(20, refrain))).toBe(true);
  });

  test('has its copies and their places', () => {
    const text = `Dear Sir,\n${times(20, 'Sing with me.\n')}Sing`;
    const loop = loopAtEnd(text);
    expect(loop).toMatchObject({ copies: 20 });
    // The period may begin within a copy, where what is before agrees with it.
    expect(loop!.second - loop!.start).toBe('Sing with me.\n'.length);
    expect(text.slice(0, loop!.second)).toMatch(/^Dear Sir,\nSing with me\.\n?$/);
  });

  test('has its places in the text with the numbers of its list', () => {
    const text = `Do this:\n${times(20, (index) => `${index + 1}. Call the office.\n`)}`;
    const loop = loopAtEnd(text)!;
    expect(text.slice(0, loop.second)).toMatch(/^Do this:\n1\. Call the office\.\n?$/);
  });
});

const words = fc.array(
  fc.constantFrom('cup', 'house', 'the', 'of', '杯', 'river', 'wall', 'and', 'sea', 'go'),
  {
    minLength: 1,
    maxLength: 6,
  },
);

describe('any unit', () => {
  test('with letters, repeated often enough, is found after any text, however it is divided', () => {
    fc.assert(
      fc.property(
        fc.string(),
        words,
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        (before, unit, cuts) => {
          const text = before + `${unit.join(' ')}. `.repeat(80);
          expect(isLoop(text)).toBe(true);
          const firstEnd = (pieces: readonly string[]) => {
            const watch = new LoopWatch(() => '');
            let length = 0;
            for (const piece of pieces) {
              length += piece.length;
              if (watch.add(piece)) return length;
            }
            return -1;
          };
          const pieces: string[] = [];
          for (let at = 0, cut = 0; at < text.length; at += cuts[cut++ % cuts.length]!)
            pieces.push(text.slice(at, at + cuts[cut % cuts.length]!));
          const single = firstEnd(text.split(''));
          expect(single).toBeGreaterThan(0);
          // A piece ends it if any of its characters would have.
          expect(firstEnd(pieces) - single).toBeLessThan(9);
        },
      ),
      { numRuns: 200, seed: 1 },
    );
  });

  test('of words in random order is none', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (seed) => {
        const draw = fc.sample(words, { numRuns: 60, seed }).flat().join(' ');
        expect(isLoop(draw)).toBe(false);
      }),
      { numRuns: 200, seed: 2 },
    );
  });
});
