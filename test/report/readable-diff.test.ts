import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readableDiff } from '../../src-main/report/readable-diff.ts';
import { type DiffPart, wordDiff } from '../../src-main/report/word-diff.ts';

const without = (parts: readonly DiffPart[], left: DiffPart['kind']) =>
  parts.flatMap(({ kind, text }) => (kind === left ? [] : [text])).join('');
const changes = (parts: readonly DiffPart[]) =>
  parts.filter(({ kind }, index) => kind !== 'same' && (parts[index - 1]?.kind ?? 'same') === 'same').length;

/** Sentences that were rewritten so much that a word diff shreds them. */
const shredded: readonly (readonly [string, string])[] = [
  [
    'It is generally considered to be the case that the council had been made aware of the fact that the wall was in a state of disrepair.',
    'Of the wall that was falling the council knew, and in truth it had been told of it to the last detail.',
  ],
  [
    'Hey, just wanted to let you guys know that the meeting is off on Friday, cause the boss is sick.',
    'Please note that on account of illness the conference which you were to attend is cancelled for you.',
  ],
  [
    'She stood for a long time at the window, looking out at the street, and she thought about her mother.',
    'For hours her eyes rested on lamps and rain at the glass, while a memory of childhood and home came to her.',
  ],
  [
    'We got the parcel on Monday and the cups in it were broken by the time we opened the lid.',
    'On opening it, the whole of the set turned out to be in pieces, which the carrier had on his way done.',
  ],
  [
    'The photosynthetic apparatus of cyanobacteria exhibits remarkable plasticity in response to the composition of light.',
    'In these small beings the way of eating the light changes to suit the colour of a day.',
  ],
  [
    '图书馆早上九点开门，请带好您的借书证，并在二楼的服务台登记。',
    '开馆时间为九时，入馆需出示证件，登记手续请到服务处的二层办理。',
  ],
  [
    '由于天气原因，原定于周五下午三点召开的会议改到下周一上午十点，地点不变。',
    '本周五的例会因故推迟，新的时间是周一十时整，会议室不作变动，望周知。',
  ],
  [
    '她在窗前站了很久，看着湿漉漉的街道和路灯，想着母亲，想着老房子。',
    '窗外的灯光照在雨后的路上，久久不动的她，心里全是从前的家和妈妈。',
  ],
  [
    '杯子星期二送到的时候已经碎了两个，盒子也湿了，请尽快再寄两个新的过来。',
    '周二收到的货物有破损，外包装受潮，两只杯子需要更换，请寄补发的新品。',
  ],
  [
    '本公司去年的营业收入为一亿元，同比增长九个百分点，净利润则有所下降。',
    '一年来公司收入增加，达到亿元，增速为九，但利润与上年相比却是减少了。',
  ],
];

/** Texts with few changes, which words show best. */
const light: readonly (readonly [string, string])[] = [
  ['The cups was broke when they come.', 'The cups were broken when they came.'],
  ['We recieved you parcel.', 'We received your parcel.'],
  ['Nobody have slept. The water were cold.', 'Nobody has slept. The water was cold.'],
  ['She has no gloves and her hands is cold.', 'She has no gloves, and her hands are cold.'],
  ['杯子星期二送到的时侯已经碎了。', '杯子星期二送到的时候已经碎了。'],
  ['请带好您的借书证，在二楼登记。', '请带好您的借书证，并在二楼登记。'],
  ['- Milk\n- Two loafs\n- Eggs', '- Milk\n- Two loaves\n- Eggs'],
  ['| Day | Open |\n| Monday | yes |', '| Day | Open |\n| Monday | no |'],
  ['The old boat', 'The new boat'],
  ['One. Two. Three.', 'One. Two. Four.'],
];

describe('a readable diff', () => {
  test.each(shredded)('replaces a shredded sentence as a whole: %j by %j', (before, after) => {
    expect(changes(wordDiff(before, after))).toBeGreaterThan(2);
    const parts = readableDiff(before, after);
    expect(changes(parts)).toBe(1);
    expect([without(parts, 'added'), without(parts, 'removed')]).toEqual([before, after]);
  });

  test.each(shredded)('leaves the sentences around it as they are: %j by %j', (before, after) => {
    const [start, end] = /[。]/.test(before)
      ? ['他来了。', '她走了。']
      : ['He came home. ', ' Then she left.'];
    const parts = readableDiff(start + before + end, start + after + end);
    expect(changes(parts)).toBe(1);
    expect(parts[0]).toMatchObject({ kind: 'same', text: expect.stringContaining(start) as string });
  });

  test('replaces several sentences one by one', () => {
    const [[one, oneNow], [two, twoNow]] = [shredded[0]!, shredded[1]!];
    const [stays, zh, zhNow] = ['It was late.', ...shredded[5]!] as const;
    expect(changes(readableDiff(`${one} ${stays} ${two}`, `${oneNow} ${stays} ${twoNow}`))).toBe(2);
    expect(changes(readableDiff(`${zh}他来了。${zh}`, `${zhNow}他来了。${zhNow}`))).toBe(2);
  });

  test.each(light)('shows words where little changed: %j to %j', (before, after) => {
    expect(readableDiff(before, after)).toEqual(wordDiff(before, after));
  });

  test('gives both texts back, whatever they are, and has no two neighbours of one kind', () => {
    const pieces = [
      'cup',
      'the',
      'was',
      'broken',
      'of',
      'it',
      ' ',
      ' ',
      ' ',
      '. ',
      ', ',
      '\n',
      '杯',
      '子',
      '。',
      '碎',
      '! ',
      '"',
    ];
    const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((list) => list.join(''));
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const parts = readableDiff(before, after);
        expect([without(parts, 'added'), without(parts, 'removed')]).toEqual([before, after]);
        for (const [index, { kind, text }] of parts.entries()) {
          expect(text).not.toBe('');
          expect(parts[index + 1]?.kind).not.toBe(kind);
        }
        expect(changes(parts)).toBeLessThanOrEqual(changes(wordDiff(before, after)));
      }),
      { numRuns: 1000, seed: 1 },
    );
  });
});
