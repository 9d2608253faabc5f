import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bareText, mayBeOpening } from '../../../src-main/contract/rewrite/remarks.ts';

const passage = 'The cups was broke when they come to us on Tuesday.';
const text = 'The cups were broken when they came to us on Tuesday.';
const zhPassage = '杯子星期二送到的时侯已经碎了。';
const zhText = '杯子星期二送到的时候已经碎了。';

const openings = [
  'Here is the corrected text:\n\n',
  "Here's the corrected version:\n",
  'Here is the text: ',
  'Here are two corrected sentences:\n\n',
  'Sure! Here is the corrected text:\n\n',
  "Certainly! I'll correct the grammar and spelling of the text. Here's the corrected version:\n\n",
  "Of course. Here's a more formal version of your text:\n",
  'Corrected version:\n\n',
  'Corrected text: ',
  '**Corrected version:**\n\n',
  '## Revised text\n\n',
  '**Rewritten text:** ',
  'The corrected text is:\n',
  'The original text was corrected to:\n',
  'The revised sentence would be: ',
  'Rewritten: ',
  'Revised version:\n',
  'Translation:\n',
  '**Summary:** ',
  'Sure!\n\n',
  'Certainly.\n\n',
  'Okay:\n',
  "I'm sorry for the confusion, but I can help you with that.\n\n",
  'I apologize for the misunderstanding.\n\nHere is the corrected text:\n\n',
  'To correct this sentence, one can write: ',
  'Below is the rewritten passage in a formal tone:\n\n',
  'The following is a shortened version:\n',
  'Here is a friendlier version of the message:\n\n',
] as const;

const closings = [
  '\n\nI hope this helps!',
  ' I hope this helps.',
  '\n\nLet me know if you need any further changes.',
  '\n\nI changed "was" to "were" to correct the grammatical error.',
  '\n\nI corrected the spelling of two words.',
  '\n\n(I changed the tense of the verb.)',
  '\n\nNote: I kept the meaning of the text.',
  '\n\n**Note:** the original wording was unclear.',
  '\n\nChanges made:\n1. Replaced "was" by "were".\n2. Replaced "broke" by "broken".',
  '\n\nExplanation: "was" is singular.',
  '\n\nExplanation of the changes:\n- was, were',
  '\n\nHere are the changes:\n- was, were',
  '\n\nHere is a breakdown of the corrections:\n- was, were',
  '\n\nThe text has been edited to correct the grammar and spelling errors.',
  '\n\nIn other words, the original text was rephrased to make it more concise.',
  '\n\nThis rephrased sentence conveys the same message.',
  '\n\nThis version maintains the original meaning.',
  '\n\nThis revision is more concise.',
  '\n\nThe original text had two errors.',
  '\n\nIn this corrected version, the verbs agree.',
  '\n\nThe main changes are two verbs.',
  '\n\nIn Chinese, the phrase means the same.',
  '\n\nAlternative version: The cups arrived in pieces.',
  '\n\nWould you like me to make it shorter?',
  "\n\nI'm sorry for any confusion, but I'm unable to assist you with that.",
  '\n\n---\n\nNote: I corrected two errors.',
  ' (I changed two verbs.)',
  '\nI have corrected the grammar.',
] as const;

const zhOpenings = [
  '以下是修改后的文本：\n\n',
  '以下是改写后的内容：\n',
  '好的，以下是修改后的文本：\n\n',
  '当然，以下是翻译：\n',
  '当然可以！以下是润色后的版本：\n\n',
  '好的，以下是将给定的英文文本翻译成中文：\n\n',
  '修改后的文本：\n',
  '修改后：',
  '改写后的句子如下：\n',
  '润色后的文本为：',
  '译文：',
  '译文如下：\n',
  '摘要：',
  '下面是简化后的版本：\n',
  '这是总结：\n',
  '好的：\n'.replace('：', '。'),
  '当然！\n\n',
  '没问题，下面是更正后的句子：\n',
  '抱歉造成误解，我来帮您修改。\n\n',
  '可以，以下为精简后的文字：\n',
  '修正后的段落：\n',
] as const;

const zhClosings = [
  '\n\n希望对您有帮助！',
  '\n\n希望这个版本对你有帮助。',
  '希望对您有帮助！',
  '\n\n如果您还需要修改，请告诉我。',
  '\n\n如有需要，我可以继续调整语气。',
  '\n\n注：改正了一个错别字。',
  '\n\n（注：“时侯”改为“时候”。）',
  '\n\n说明：原文有一个错别字。',
  '\n\n修改说明：\n1. “时侯”改为“时候”。',
  '\n\n我将“时侯”改为“时候”。',
  '\n\n我修改了一个错别字。',
  '\n\n这个版本更加流畅。',
  '\n\n该译文保留了原意。',
  '\n\n修改内容：\n- 时候',
  '\n\n解释：应为“时候”。',
  '\n\n主要修改：时候',
  '\n\n备注：仅改正了错别字。',
  '\n\n我更正了语法。',
  '\n\n翻译说明：直译。',
  '（注：改正了错别字）',
] as const;

describe('remarks', () => {
  test.each(openings)('before a text are removed: %j', (opening) => {
    const { text: found, removed } = bareText(passage, opening + text);
    expect(found).toBe(text);
    expect(removed.join(' ')).toContain(opening.trim().split('\n')[0]!.trim());
  });

  test.each(closings)('after a text are removed: %j', (closing) => {
    const { text: found, removed } = bareText(passage, text + closing);
    expect(found).toBe(text);
    expect(removed.length).toBeGreaterThan(0);
  });

  test.each(zhOpenings)('before a Chinese text are removed: %j', (opening) => {
    expect(bareText(zhPassage, opening + zhText).text).toBe(zhText);
  });

  test.each(zhClosings)('after a Chinese text are removed: %j', (closing) => {
    expect(bareText(zhPassage, zhText + closing).text).toBe(zhText);
  });

  test('are removed in any combination, with quotes and fences around the text', () => {
    const around = [
      (inside: string) => inside,
      (inside: string) => `"${inside}"`,
      (inside: string) => `“${inside}”`,
      (inside: string) => `\`\`\`\n${inside}\n\`\`\``,
      (inside: string) => `\`\`\`text\n${inside}\n\`\`\``,
      (inside: string) => `**${inside}**`,
    ] as const;
    const paragraphs = closings.filter((closing) => closing.startsWith('\n\n'));
    fc.assert(
      fc.property(
        fc.constantFrom(...openings.filter((opening) => !opening.includes('**'))),
        fc.constantFrom(...around),
        fc.array(fc.constantFrom(...paragraphs), { minLength: 0, maxLength: 3 }),
        (opening, wrapped, after) => {
          const answer = opening + wrapped(text) + after.join('');
          expect(bareText(passage, answer).text).toBe(text);
        },
      ),
      { numRuns: 500, seed: 1 },
    );
  });

  test.each(['', '"', '**'])('are the instruction that a model repeats after %j', (quote) => {
    const instruction = 'Rewrite this text in a formal tone:';
    for (const echo of [instruction, instruction.toUpperCase(), 'Rewrite this text in a formal tone.'])
      expect(bareText(passage, `${quote}${echo}\n\n${text}`, instruction).text).toBe(text);
    const own = `${instruction}\n\n${passage}`;
    expect(bareText(own, own, instruction).text).toBe(own);
    expect(bareText(passage, instruction, instruction).text).toBe(instruction);
  });

  test('of a loop are its further copies', () => {
    const line = 'Best regards from the whole team.\n';
    expect(bareText(passage, `${text}\n\n${line.repeat(20)}`)).toEqual({
      text: `${text}\n\n${line.trim()}`,
      removed: [line.repeat(19).trim()],
    });
  });

  test('that were streamed in part are recognised', () => {
    for (const start of ['Here is', "Here's the corr", 'Sure', 'Certainly! I', '好的，以', '以下是'])
      expect(mayBeOpening(start)).toBe(true);
    for (const start of ['The cups', 'Here is the text:\n', '杯子', ''])
      expect(mayBeOpening(start)).toBe(false);
  });
});

/** Texts of their own that look like remarks, or have some. */
const ownTexts = [
  'Here is the corrected text:\n\nAll cups were broken.',
  'Corrected version: see page 2.',
  'Sure!\n\nWe can come on Friday.',
  "I'm sorry for the confusion, I can help you.\n\nThe meeting is on Friday.",
  'The report is attached.\n\nI hope this helps!',
  'The report is attached. I hope this helps.',
  'The report is attached.\n\nNote: I corrected the spelling of two names.',
  'The list is long.\n\nChanges made:\n1. A new cover.\n2. A new title.',
  'Two errors were found.\n\nI changed "was" to "were".',
  '"Two cups were broken," she said.',
  '“All of it was broken.”',
  '```\nlet cups = 0;\n```',
  '**All of it was broken.**',
  'Summary: two cups were broken.',
  'Translation: Guten Tag means good day.',
  'The original text was lost.\n\nThe original text had four pages.',
  'Of course.\n\nWe know that.',
  '以下是修改后的文本：\n\n杯子碎了。',
  '好的，以下是翻译：\n杯子碎了。',
  '杯子碎了。\n\n希望对您有帮助！',
  '杯子碎了。\n\n注：星期二送到。',
  '译文：杯子碎了。',
  '杯子碎了。\n\n如果您需要修改，请告诉我。',
  'A rule.\n\n---\n\nNote: the words below it are mine.',
] as const;

describe('a passage’s own words', () => {
  test.each(ownTexts)('stay: %j', (own) => {
    expect(bareText(own, own)).toEqual({ text: own, removed: [] });
    // So they do where the rest was rewritten.
    const changed = own.replace('two', 'three').replace('碎', '破').replace('lost', 'gone');
    expect(bareText(own, changed).text).toBe(changed);
  });

  test('stay in any text that is put together from remarks and sentences', () => {
    const sentences = [
      'The cups are wet.',
      'She left.',
      '1. A list',
      '- An item',
      '他来了。',
      '"Oh," he said.',
      '| a | b |',
    ];
    const parts = [...openings, ...closings, ...zhOpenings, ...zhClosings, ...sentences, '\n', '\n\n', ' '];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts), { minLength: 1, maxLength: 7 }), (chosen) => {
        const own = chosen.join('').trim();
        expect(bareText(own, own)).toEqual({ text: own, removed: [] });
      }),
      { numRuns: 3000, seed: 2 },
    );
  });

  test.each([
    'Here are the results:\n- five cups\n- two plates',
    'Here is what we know: nothing.',
    'The following is important: be on time.',
    'Yes! We did it.',
    "I'll be there on Friday!\n\nAnna",
    'Great!\n\nSee you soon.',
    'Note that the office is closed on Monday.',
    'The cups are broken.\n\nNote that the office is closed on Monday.',
    'We moved.\n\nPlease let me know if you have any questions.',
    'We moved.\n\nIf you need help, call us.',
    'We moved.\n\nAlternatively, take the bus.',
    'The message: we are closed.',
    'I changed my mind.\n\nI changed my plans, too.',
    'We talked.\n\nThis is the end.',
    'The new version of the app is out.\n\nThe new version is faster.',
    'To save the file: press Ctrl+S.',
    'We met.\n\nThe passage was narrow, and the text was long.',
    'Dear Sir,\n\nI am sorry for the inconvenience.\n\nYours',
    '会议修改为：周五。',
    '以下是会议安排：\n周五下午三点',
    '好的！我们周五见。',
    '我们搬家了。\n\n如果您有问题，请随时联系我们。',
    '我将于周五到达。\n\n我将带上词典。',
  ])('aren’t invented for texts that are no remarks (%j)', (answer) => {
    expect(bareText('Something quite different was written here before.', answer)).toEqual({
      text: answer,
      removed: [],
    });
  });
});
