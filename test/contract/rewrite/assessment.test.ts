import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assessRewrite, type RewriteDoubt } from '../../../src-main/contract/rewrite/assessment.ts';
import {
  namesIn,
  namesMissingIn,
  numbersIn,
  numbersMissingIn,
} from '../../../src-main/contract/rewrite/facts.ts';
import { rewritePurposes, type RewritePurpose } from '../../../src-main/contract/rewrite/purpose.ts';
import { isSimilar, sharedWords } from '../../../src-main/contract/rewrite/shared-words.ts';
import type { EndReason } from '../../../src-main/contract/generation.ts';

const assess = (purpose: RewritePurpose, passage: string, text: string, endReason: EndReason = 'end-token') =>
  assessRewrite({ purpose, passage, text, endReason });

const river =
  'The river come over the wall at four in the morning, and by the time the bells was ringing there were already water in the cellar of the bakery. Nobody have slept.';
const archive =
  'Me and my sister was going to the archive, because there documents about our grandfather is stored in it. They’re letters has never been red by no one.';
const council =
  'It is generally considered to be the case that the council had been made aware, on more than one occasion, of the fact that the wall was in a state of disrepair, and that no action had been taken.';
const minister =
  'The minister, who had arrived late because of the weather and who looked tired, said on Thursday that the government would, in all probability, present a new plan for the railways before the end of the year, although he did not want to say how much it would cost.';
const boss =
  'Hey, just wanted to let you guys know that the meeting’s off on Friday, cause the boss is sick. We’ll figure out a new date next week, no worries.';
const invoice =
  'Your invoice is overdue by thirty days. Payment must be made within seven days. Otherwise the matter will be handed to our lawyers.';
const library = 'The library opens at nine. Please bring your card.';
const zhLibrary = '图书馆九点开门。请带好您的借书证，并在二楼登记。';

/** What must not be applied by itself. */
const harmful: readonly (readonly [RewritePurpose, string, string, RewriteDoubt])[] = [
  [
    'correct',
    river,
    'The river come over the wall at four in the morning, and by the time the bells were ringing, nobody had slept.',
    'unrelated',
  ],
  ['correct', archive, "I'm sorry, but I can't assist with that.", 'refusal'],
  ['correct', archive, 'As an AI language model, I can read your text.', 'refusal'],
  ['correct', archive, 'My sister likes apples.', 'unrelated'],
  ['correct', archive, `${archive} The original text has a grammatical error.`, 'comment'],
  ['correct', river, river.slice(0, 80), 'cut'],
  ['correct', 'We met Anna in Odde on Tuesday.', 'We met Tom in Odde on Tuesday.', 'names-lost'],
  [
    'correct',
    'We met in Odde and had bread with the others.',
    'We met in Paris and had bread with the others.',
    'names-lost',
  ],
  ['correct', 'It cost 40 euros and took a day.', 'It cost 14 euros and took a day.', 'numbers-lost'],
  ['reword', boss, 'The text has been reworked to convey a more formal tone.', 'comment'],
  ['reword', boss, '[Your Position]', 'placeholder'],
  ['reword', boss, '[Your Position]', 'loop'],
  [
    'reword',
    invoice,
    'Dear [Recipient’s Name], your invoice is overdue by thirty days and payment must be made within seven days.',
    'placeholder',
  ],
  [
    'reword',
    invoice,
    'I hope this message finds you well. We enjoy working with all of our customers and wish everybody a pleasant summer.',
    'unrelated',
  ],
  [
    'reword',
    invoice,
    'Your invoice is overdue by ninety days. Payment must be made within seven days. Otherwise the matter goes to our lawyers.',
    'numbers-lost',
  ],
  ['reword', invoice, '您的发票已逾期三十天。', 'language'],
  ['shorten', minister, 'Scientists found a new planet that has water and clouds.', 'unrelated'],
  [
    'shorten',
    minister,
    'The minister said in Berlin that the government would present a plan.',
    'names-added',
  ],
  ['shorten', minister, 'The minister said that 12 railways would get a plan.', 'numbers-added'],
  ['summarise', minister, 'Cats sleep most of the day. Dogs like long walks in the forest.', 'unrelated'],
  ['simplify', council, 'My mother bought flowers.', 'unrelated'],
  [
    'expand',
    library,
    'Once upon a time a king lived in a castle with three daughters and a dragon.',
    'unrelated',
  ],
  ['to-chinese', library, 'The library opens at nine. It is open.', 'language'],
  ['to-chinese', library, '图书 opens at nine, and one should bring a card to it.', 'language'],
  ['to-chinese', library, '抱歉，我无法翻译。', 'refusal'],
  ['to-english', zhLibrary, zhLibrary, 'language'],
  ['to-english', zhLibrary, '图书馆 opens 九点，请带好您的借书证', 'language'],
  ['reword', zhLibrary, 'The library opens at nine.', 'language'],
  ['correct', zhLibrary, '今天天气很好，我们去公园散步吧。', 'unrelated'],
  [
    'expand',
    'Hi Tom, can u pls send me the slides?',
    'Sure, I’d be happy to help. Hi Tom, I will send you the slides.',
    'comment',
  ],
  [
    'reword',
    boss,
    'I’m happy to help you with the meeting on Friday, and with a new date next week, as the boss is sick.',
    'comment',
  ],
  ['custom', boss, 'The boss is sick. The boss is sick. The boss is sick. The boss is sick.', 'loop'],
  ['custom', boss, 'I am unable to do that.', 'refusal'],
  ['custom', zhLibrary, '作为一个人工智能，我不能这样做。', 'refusal'],
  ['continue', 'It was late.', 'She left the house. She left the house. She left the house.', 'loop'],
];

const fine: readonly (readonly [RewritePurpose, string, string])[] = [
  [
    'correct',
    river,
    'The river came over the wall at four in the morning, and by the time the bells were ringing there was already water in the cellar of the bakery. Nobody had slept.',
  ],
  [
    'correct',
    archive,
    'My sister and I were going to the archive, because there documents about our grandfather are stored in it. Their letters have never been read by anyone.',
  ],
  ['correct', 'we recieved you parcel on wednesday', 'We received your parcel on Wednesday.'],
  ['correct', '杯子星期二送到的时侯已经碎了。', '杯子星期二送到的时候已经碎了。'],
  [
    'reword',
    council,
    'The council was aware of the fact that the wall was in a state of disrepair, but they did not take any action.',
  ],
  [
    'reword',
    invoice,
    'Your invoice is 30 days overdue. Please pay within 7 days, or our lawyers will handle the matter.',
  ],
  [
    'reword',
    boss,
    'I wanted to let you know that the meeting on Friday is cancelled because the boss is sick. We will find a new date next week.',
  ],
  ['reword', zhLibrary, '图书馆早上九点开门，请带上借书证，并到二楼登记。'],
  [
    'shorten',
    minister,
    'The minister said on Thursday that the government would present a plan for the railways before the end of the year.',
  ],
  ['summarise', minister, 'The government will present a plan for the railways this year.'],
  ['simplify', council, 'The council knew that the wall was bad. It took no action.'],
  [
    'expand',
    library,
    'The library opens at nine in the morning. Please bring your library card with you, so that you can borrow books.',
  ],
  ['to-chinese', library, '图书馆九点开门。请带上您的卡。'],
  [
    'to-english',
    zhLibrary,
    'The library opens at nine. Please bring your library card and register on the second floor.',
  ],
  ['to-chinese', 'We meet on 14 May at 3 pm in Odde.', '我们5月14日下午3点在奥德见面。'],
  ['reword', 'Sure, we can come.', 'Sure, we will be there.'],
  ['custom', 'Anna opens the door.', 'Anna opened the door.'],
  ['custom', library, '图书馆九点开门。'],
  ['continue', 'It was late.', ' She left.'],
  ['correct', '- one cup\n- two cup\n- three cup', '- one cup\n- two cups\n- three cups'],
  [
    'correct',
    '| Day | Open |\n| --- | --- |\n| Monday | yes |\n| Tuesday | yes |\n',
    '| Day | Open |\n| --- | --- |\n| Monday | yes |\n| Tuesday | yes |\n',
  ],
  ['correct', "I'm sorry that I am unable to come.", "I'm sorry that I am unable to come."],
  ['reword', 'Dear [Your Name], the parcel is here.', 'Dear [Your Name], your parcel has arrived here.'],
];

/** To be read closely. */
const suspicious: readonly (readonly [RewritePurpose, string, string, RewriteDoubt])[] = [
  [
    'shorten',
    minister,
    'The minister said that the government would present a new plan for the railways before the end of the year.',
    'names-lost',
  ],
  ['shorten', library, 'The library opens at nine, and so please bring your card.', 'not-shorter'],
  ['expand', library, 'The library opens at nine. Bring your card.', 'not-longer'],
  [
    'reword',
    invoice,
    'Dear customer, your invoice is overdue by thirty days. Payment must be made within seven days, otherwise the matter will be handed to our lawyers.',
    'frame',
  ],
  ['to-chinese', 'It has 250 pages.', '它有很多页。', 'numbers-lost'],
  ['simplify', 'The fee is 40 euros and is due on Monday.', 'The fee is due on Monday.', 'numbers-lost'],
];

describe('a rewritten text', () => {
  test.each(harmful)('is harmful: %s of %j to %j', (purpose, passage, text, doubt) => {
    const ends: Partial<Record<RewriteDoubt, EndReason>> = { cut: 'length', loop: 'loop' };
    const found = assess(purpose, passage, text, ends[doubt]);
    expect(found.quality).toBe('harmful');
    expect(found.doubts).toContain(doubt);
  });

  test.each(fine)('is fine: %s of %j to %j', (purpose, passage, text) => {
    expect(assess(purpose, passage, text)).toEqual({ quality: 'fine', doubts: [] });
  });

  test.each(suspicious)('is suspicious: %s of %j to %j', (purpose, passage, text, doubt) => {
    expect(assess(purpose, passage, text)).toEqual({ quality: 'suspicious', doubts: [doubt] });
  });

  test('that continues is suspicious only, if the copies of its loop were removed', () => {
    const text = ' She left the house.';
    expect(assess('continue', 'It was late.', text, 'loop')).toEqual({
      quality: 'suspicious',
      doubts: ['loop'],
    });
    expect(assess('continue', 'It was late.', text.repeat(4), 'loop').quality).toBe('harmful');
    expect(assess('reword', 'It was late.', 'The hour was late.', 'loop').quality).toBe('harmful');
  });

  test('that equals its passage does no harm, unless it should be another language', () => {
    const words = ['Anna', 'cup', 'the', '14', '杯子', 'sorry', 'two', '.', '\n', '- ', 'Odde', 'unable'];
    const texts = fc
      .array(fc.constantFrom(...words), { minLength: 1, maxLength: 15 })
      .map((list) => list.join(' '));
    const purposes = fc.constantFrom(...rewritePurposes.filter((purpose) => !purpose.startsWith('to-')));
    fc.assert(
      fc.property(texts, purposes, (text, purpose) => {
        fc.pre(text.trim() !== '');
        expect(assess(purpose, text, text).quality).not.toBe('harmful');
      }),
      { numRuns: 1000, seed: 1 },
    );
  });

  test('of other words is harmful wherever the words matter', () => {
    const of = (list: readonly string[]) =>
      fc.array(fc.constantFrom(...list), { minLength: 8, maxLength: 30 });
    const before = of(['cup', 'house', 'river', 'wall', 'garden', 'bread', 'ladder', 'winter']);
    const after = of(['jump', 'quick', 'yellow', 'nephew', 'fox', 'zebra', 'violin', 'thumb']);
    const purposes = fc.constantFrom<RewritePurpose[]>(
      ...(['correct', 'reword', 'shorten', 'summarise', 'simplify', 'expand'] as const),
    );
    fc.assert(
      fc.property(before, after, purposes, (old, now, purpose) => {
        const found = assess(purpose, old.join(' '), now.join(' '));
        expect(found.doubts).toContain('unrelated');
      }),
      { numRuns: 300, seed: 2 },
    );
  });
});

describe('shared words', () => {
  test.each([
    ['recieved', 'received', true],
    ['cups', 'cup', true],
    ['ringing', 'rings', true],
    ['wednesday', 'wednesdays', true],
    ['cat', 'dog', false],
    ['river', 'wall', false],
    ['no', 'on', false],
    ['杯', '碗', false],
  ])('%s and %s are similar: %s', (one, other, similar) => {
    expect(isSimilar(one, other)).toBe(similar);
    expect(isSimilar(other, one)).toBe(similar);
  });

  test('are all of equal texts and none of different ones', () => {
    expect(sharedWords(council, council, true)).toEqual({ kept: 1, own: 1 });
    expect(sharedWords('one two', 'cat dog', true)).toEqual({ kept: 0, own: 0 });
    expect(sharedWords('', 'cat', true)).toEqual({ kept: 1, own: 0 });
  });
});

describe('facts', () => {
  test('are numbers in digits and words, and names within sentences', () => {
    expect([...numbersIn('1. Buy 1,250 cups for 3.50 on 12:30, thirty of them.\n2. Go.')]).toEqual([
      ...['1250', '3.50', '12:30', '30'],
    ]);
    expect(namesIn('The man met Anna and Tom’s dog in New York. Then he left. I think I’m late.')).toEqual([
      ...['Anna', 'Tom', 'New', 'York'],
    ]);
  });

  test('are found again in other forms', () => {
    expect(numbersMissingIn('It owns 400 clocks.', 'It owns four hundred clocks.')).toEqual([]);
    expect(numbersMissingIn('它有三页。', 'It has 3 pages.')).toEqual([]);
    expect(numbersMissingIn('It has three pages.', 'It has 3 pages and 4 chapters.')).toEqual(['4']);
    expect(namesMissingIn('on wednesday with ana', 'We met Wednesday with Anna and Tom.')).toEqual(['Tom']);
  });
});

describe('an apology', () => {
  test.each([
    ['Your application has been rejected.', 'I’m sorry, but your application has been rejected.'],
    ['The item you ordered is not in stock.', "I'm sorry, but the item you ordered isn't in stock."],
    [
      'You are late with the rent for the second time.',
      "I'm sorry, but you're late with the rent for the second time.",
    ],
    [
      'The photos you sent are too small to print.',
      'I am sorry, but the photos you sent are too small to print.',
    ],
    [
      "Can't find the contract anywhere, could you send me another copy?",
      'I am unable to find the contract anywhere. Could you please send me another copy?',
    ],
    ['We do not accept cash.', "I'm afraid I have to tell you that we don't accept cash."],
    ['The password is wrong. Try again.', "I'm sorry, the password is wrong. Could you please try again?"],
    ["I can't make it to the meeting.", 'I am unable to make it to the meeting.'],
    ['Closed on Monday.', 'I’m sorry, we are closed on Monday.'],
    ['没有现货，请下周再来。', '很抱歉，不能马上给您，目前没有现货，请您下周再来。'],
  ])('that tells what the passage does is no refusal: %j', (passage, text) => {
    expect(assess('reword', passage, text).doubts).not.toContain('refusal');
  });

  test.each([
    ['Your application has been rejected.', "I'm sorry, but I can't help with that."],
    [
      'Your application has been rejected.',
      "I'm sorry, but I can't rewrite: Your application has been rejected.",
    ],
    [
      'The item you ordered is not in stock.',
      'I am unable to rewrite: The item you ordered is not in stock.',
    ],
    ['The item you ordered is not in stock.', "I'm unable to provide the item you ordered, not in stock."],
    ['We do not accept cash.', "I'm sorry to hear that."],
    ['We do not accept cash.', 'I am unable to accept your request.'],
    ['You are late with the rent.', "I'm sorry for the inconvenience."],
    ['The pool is closed.', "I'm afraid I don't understand the question."],
    ['The photos are too small to print.', 'I am not able to help you to print the photos.'],
    ['没有现货，请下周再来。', '抱歉，我不能回答这个问题。'],
    ['没有现货，请下周再来。', '对不起，我无法提供：没有现货，请下周再来。'],
  ])('instead of the passage is one: %j as %j', (passage, text) => {
    expect(assess('reword', passage, text)).toMatchObject({ quality: 'harmful' });
    expect(assess('reword', passage, text).doubts).toContain('refusal');
  });
});
