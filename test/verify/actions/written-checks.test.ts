import { describe, expect, test } from 'vitest';
import { caseOf } from './sets.ts';
import { verdictOf } from './written-checks.ts';

const fine = { harm: null, fault: null };
const harmful = (harm: string) => ({ harm, fault: null });
const faulty = (fault: string) => ({ harm: null, fault });

describe('without references', () => {
  test.each([
    ['formal', 'Hey, can you send me the file?', 'Could you please send me the file?', fine],
    ['formal', 'Hey, can you send me the file?', 'Hey, can you send me the file?', faulty('unchanged')],
    ['formal', 'Hey, can you send me the file?', "I can't, please send me the file?", harmful('negation')],
    ['formal', "I can't come at 3.", 'I am unable to come at 3.', fine],
    ['formal', "I can't come at 3.", 'I am able to come at 3.', harmful('negation')],
    ['formal', "I can't come at 3.", 'I am unable to come.', harmful('number lost')],
    ['formal', "I can't come at 3.", 'I am unable to come at 3 or 4.', harmful('new number')],
    ['formal', 'What about the new logo?', 'I am pleased with the new logo?', faulty('another speaker')],
    ['formal', 'Got your invoice.', 'I received your invoice.', fine],
    [
      'formal',
      'Send the invoice again, the first one never arrived.',
      'I would be grateful if you could send the invoice again, since the first one never arrived.',
      fine,
    ],
    [
      'simplify',
      'The author employs irony to expose hypocrisy.',
      'The author uses irony to show what is not honest.',
      fine,
    ],
    ['formal', "We've told Tom about the party.", 'We have informed Tom of the party.', fine],
    [
      'formal',
      "We've told Tom about the party.",
      'We have informed them of the party.',
      harmful('name lost'),
    ],
    [
      'formal',
      "We've told Tom about the party.",
      'We have told Tom and Anna about the party.',
      harmful('new name'),
    ],
    ['formal', 'Send me the file.', 'Dear Sir, send me the file.', harmful('letter or placeholder')],
    ['formal', 'Send me the file.', 'Send me the file, [Name].', harmful('letter or placeholder')],
    ['formal', 'Send me the file.', 'Here is the text: send me the file.', harmful('comment')],
    ['formal', 'The cat sleeps on the old mat.', 'Markets rose in spring.', harmful('content lost')],
    ['shorten', 'The old bridge, which everybody knows, needs repair.', 'The old bridge needs repair.', fine],
    [
      'shorten',
      'The old bridge needs repair.',
      'The very old and long bridge needs repair.',
      faulty('1.50 times as long'),
    ],
    [
      'shorten',
      'In 1792 the old bridge was built by Ann | keep: bridge; 1792',
      'The bridge was built by Ann.',
      faulty('without “1792”'),
    ],
    ['confident', 'I think we should maybe take the train.', 'We should take the train.', fine],
    [
      'confident',
      'I think we should maybe take the train.',
      'I think we should take the train.',
      faulty('still hedged'),
    ],
    [
      'neutral',
      'The service was a total nightmare; we waited 50 minutes!',
      'We waited 50 minutes; the service was slow.',
      fine,
    ],
    [
      'neutral',
      'The service was a nightmare; we waited 50 minutes!',
      'The service was a nightmare; we waited 50 minutes.',
      faulty('still heated'),
    ],
    ['neutral', 'It was late AGAIN!', 'It was late again.', fine],
    ['friendly', 'We do not accept cash.', "I'm afraid we can't accept cash.", fine],
    ['friendly', 'We do not accept cash.', 'We accept cash, thank you.', harmful('negation')],
    ['friendly', 'Submit the form by Friday.', 'The form is submitted by Friday.', faulty('not friendly')],
    [
      'simplify',
      'The physician prescribed medication to alleviate discomfort.',
      'The physician gave medication to ease the discomfort.',
      fine,
    ],
    ['simplify', 'The dog ran home.', 'The dog ran homewards.', faulty('no simpler')],
    ['expand', 'Bees sleep at night.', 'Bees sleep at night, when it is dark and quiet in the hive.', fine],
    ['expand', 'Bees sleep at night.', 'Bees sleep at night, all.', faulty('1.25 times as long')],
    [
      'rewrite',
      'He often walked to work because it was cheap.',
      'Since it cost little, he frequently walked to work.',
      fine,
    ],
    ['rewrite', 'He walked | not: walked', 'On foot he walked', faulty('still “walked”')],
    ['rewrite', 'He walked.', '', faulty('no text')],
    [
      'summarise',
      'Ann has opened a shop in Leeds. It sells tea, and it is closed on Mondays.',
      'Ann has opened a shop in Leeds.',
      fine,
    ],
  ] as const)('%s: %j as %j', (action, line, text, verdict) => {
    expect(verdictOf(caseOf(line, action, 'en'), text)).toEqual(verdict);
  });

  test.each([
    ['formal', '咱们明天再说这事儿吧！', '我们明天再讨论此事。', fine],
    ['formal', '咱们明天再说这事儿吧！', '咱们明天再讨论此事。', faulty('informal')],
    ['formal', '我明天3点不能来。', '我明天3点能来。', harmful('negation')],
    ['formal', '我明天3点不能来。', '明天本人无法前来。', harmful('number lost')],
    ['confident', '我觉得这个方案可能更好。', '这个方案更好。', fine],
    ['confident', '我觉得这个方案可能更好。', '我觉得这个方案更好。', faulty('still hedged')],
    ['friendly', '禁止吸烟。', '请不要吸烟，谢谢。', fine],
    ['neutral', '这家店简直太离谱了！', '这家店不太好。', harmful('negation')],
    ['shorten', '这座很老的桥需要修理，大家都知道。', '这座桥需要修理。', fine],
    ['formal', '把文件发给我。', '以下是正式的版本：请将文件发给我。', harmful('comment')],
  ] as const)('in Chinese, %s: %j as %j', (action, line, text, verdict) => {
    expect(verdictOf(caseOf(line, action, 'zh'), text)).toEqual(verdict);
  });
});

describe('with references', () => {
  const line = 'email | Tom have 3 cat and no dog. | Tom has 3 cats and no dog.';
  test.each([
    ['Tom has 3 cats and no dog.', null],
    ['Tom have 3 cats and no dog.', null],
    ['Tom has 4 cats and no dog.', 'number changed'],
    ['He has 3 cats and no dog.', null],
    ['Tom has 3 cats and dog.', 'negation'],
    ['Tom has 3 cats and no dog in London today.', 'length'],
    ['Tom has many pets and rabbits.', 'new words'],
    ['Here is the text: Tom has 3 cats and no dog.', 'comment'],
    ['', null],
  ])('%j', (text, harm) => {
    expect(verdictOf(caseOf(line, 'grammar', 'en'), text).harm).toBe(harm);
  });

  test('a text that one of several references allows does no harm', () => {
    const several = 'We lost our 2 tickets | They lost their 2 tickets | He lost his 2 tickets';
    expect(verdictOf(caseOf(several, 'third', 'en'), 'He lost his 2 tickets')).toEqual(fine);
  });
});

describe('a line of a set', () => {
  test('of grammar starts with its kind, and “=” stands for the passage', () => {
    const { source, references } = caseOf('right | All is well. | =', 'grammar', 'en');
    expect([source, references]).toEqual(['All is well.', ['All is well.']]);
  });
  test('of tenses serves both directions', () => {
    const of = (action: 'past' | 'present') => caseOf('He ran. | He runs.', action, 'en');
    expect([of('past').source, of('past').references]).toEqual(['He runs.', ['He ran.']]);
    expect([of('present').source, of('present').references]).toEqual(['He ran.', ['He runs.']]);
  });
  test('may name what to keep and what not', () => {
    const line = 'One\\ntwo | keep: Ann; 2/two | not: x; y z';
    expect(caseOf(line, 'rewrite', 'en')).toEqual({
      ...{ action: 'rewrite', language: 'en', source: 'One\ntwo', references: [] },
      ...{ keep: [['Ann'], ['2', 'two']], not: ['x', 'y z'] },
    });
  });
});
