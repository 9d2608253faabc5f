import { describe, expect, test } from 'vitest';
import { guardedText, isGuarded } from '../../../src-main/contract/rewrite/guard.ts';
import { rewritePurposes, type RewritePurpose } from '../../../src-main/contract/rewrite/purpose.ts';
import { corrections, type GuardCase, rewordings } from './guard-cases.ts';

function check(purpose: RewritePurpose, [passage, rewrite, sure, ...doubts]: GuardCase): void {
  const { text, changes } = guardedText(passage, rewrite, [], purpose);
  expect(text).toBe(sure === '' ? passage : sure === '=' ? rewrite : sure);
  const found = changes
    .filter(({ doubt }) => doubt !== null)
    .map(({ verdict, doubt }) => `${verdict} ${doubt}`);
  expect(found).toEqual(doubts);
}

describe.each(Object.entries(corrections))('a correction: %s', (_, cases) => {
  test.each(cases.map((one) => ({ one, name: one.slice(0, 2).join(' -> ') })))('$name', ({ one }) => {
    check('correct', one);
  });
});

describe('another rewrite', () => {
  test.each(rewordings.map((one) => ({ one, name: one.slice(0, 3).join(' -> ') })))('$name', ({ one }) => {
    const [purpose, ...rest] = one;
    check(purpose, rest);
  });
});

test('translations, summaries and continuations are not guarded', () => {
  expect(rewritePurposes.filter((purpose) => !isGuarded(purpose))).toEqual([
    'summarise',
    'to-english',
    'to-chinese',
    'continue',
  ]);
  expect(guardedText('There was 12 of us.', '我们有13个人。', [], 'to-chinese')).toEqual({
    text: '我们有13个人。',
    changes: [],
  });
});

describe('low probability', () => {
  const passage = 'He see the cup on a table.';
  const token = (text: string, probability: number) => ({ text, logProbability: Math.log(probability) });
  const written = (see: number, cup: number, end = 1) => [
    ...[
      token('He', 1),
      token(' s', see),
      token('aw', 1),
      token(' the', 1),
      token(' cup', 1),
      token('s', cup),
    ],
    ...[token(' on', end), token(' a', 1), token(' table', 1), token('.', 1)],
  ];
  const guarded = (see: number, cup: number) =>
    guardedText(passage, 'He saw the cups on a table.', written(see, cup), 'correct');

  test('makes a change a suggestion, the others stay sure', () => {
    const { text, changes } = guarded(0.9, 0.3);
    expect(text).toBe('He saw the cup on a table.');
    expect(changes.map(({ verdict, doubt }) => [verdict, doubt])).toEqual([
      ['sure', null],
      ['unsure', 'unlikely'],
    ]);
    expect(changes[0]!.probability).toBeCloseTo(0.9, 9);
    expect(changes[1]!.probability).toBeCloseTo(0.3, 9);
  });

  test('is that of all tokens of the change, and may be turned off', () => {
    const { changes } = guardedText(
      passage,
      'He sawed the cup on a table.',
      [token('He', 1), token(' s', 0.7), token('awed', 0.7), token(' the cup on a table.', 1)],
      'correct',
    );
    expect(changes[0]!.probability).toBeCloseTo(0.49, 9);
    const off = guardedText(passage, 'He saw the cups on a table.', written(0.1, 0.1), 'correct', 0);
    expect(off.text).toBe('He saw the cups on a table.');
  });

  test('of a removal is that of the token at which the texts part', () => {
    const tokens = [token('He saw the', 1), token(' table', 0.2), token('.', 1)];
    const { text, changes } = guardedText('He saw the the table.', 'He saw the table.', tokens, 'correct');
    expect([text, changes[0]!.doubt]).toEqual(['He saw the the table.', 'unlikely']);
  });

  test('is found although remarks around the text were removed, and unknown where the text isn’t the run’s', () => {
    const tokens = [
      token('Sure! Here it is:\n\n', 0.1),
      ...written(0.9, 0.3),
      token('\n\nI hope this helps!', 0.1),
    ];
    expect(guardedText(passage, 'He saw the cups on a table.', tokens, 'correct').changes[1]?.doubt).toBe(
      'unlikely',
    );
    const other = guardedText(
      passage,
      'He saw the cups on a table.',
      [token('Something else', 0.1)],
      'correct',
    );
    expect(other.changes.map(({ probability }) => probability)).toEqual([null, null]);
  });

  test('of tokens that the user wrote is not known', () => {
    const { changes } = guarded(NaN, 0.9);
    expect([changes[0]!.verdict, changes[1]!.verdict]).toEqual(['sure', 'sure']);
  });
});

describe('high probability', () => {
  const guarded = (passage: string, text: string, probability: number) =>
    guardedText(passage, text, [{ text, logProbability: Math.log(probability) }], 'correct');
  const verdicts = (passage: string, text: string, probability: number) =>
    guarded(passage, text, probability).changes.map(({ verdict, doubt }) => [verdict, doubt]);

  test.each([
    ['a word', 'The results were not effected.', 'The results were not affected.'],
    ['a capital', 'We met mr Novak there.', 'We met Mr Novak there.'],
    ['a mark', '"Is it raining," asked Nuala?', '"Is it raining," asked Nuala.'],
  ])('overrules a doubt about %s', (_, passage, text) => {
    expect(guarded(passage, text, 0.8).text).not.toBe(text);
    expect(guarded(passage, text, 0.95).text).toBe(text);
  });

  test.each([
    ['new words', 'Last year we have been to Portugal.', 'Last year we went to Portugal.', 'new-words'],
    ['a name', 'Unfortunatly it rained.', 'Unfortunately, it rained.', 'name'],
    ['a negation', 'But noone knows it.', 'But no one knows it.', 'negation'],
  ])('suggests what is taken back for %s otherwise', (_, passage, text, doubt) => {
    expect(verdicts(passage, text, 0.8)).toContainEqual(['reverted', doubt]);
    expect(verdicts(passage, text, 0.95)).toContainEqual(['unsure', doubt]);
  });

  test.each([
    ['a number', 'We met 12 people there.', 'We met 21 people there.'],
    ['an address', 'Write to ida@example.org now.', 'Write to idas@example.org now.'],
    ['markup', 'This is *all* there is.', 'This is all there is.'],
    ['a meaning', 'Give me back the map.', 'Give me the map.'],
  ])('never applies a change of %s', (_, passage, text) => {
    expect(guarded(passage, text, 0.999).text).toBe(passage);
  });
});
