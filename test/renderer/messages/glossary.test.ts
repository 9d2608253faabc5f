import { describe, expect, test } from 'vitest';
import { nativeWords } from '../../../src-main/native-words.ts';
import { languagePack } from '../../../src-main/messages/languages.ts';
import type { PluralForms } from '../../../src-main/messages/message.ts';
import { glossary, style } from './glossary.ts';

type Tag = keyof typeof style;
type Texts = readonly (readonly [key: string, text: string])[];

const texts = (messages: Readonly<Record<string, string | PluralForms>>): Texts =>
  Object.entries(messages).flatMap(([key, message]) =>
    (typeof message === 'string' ? [message] : Object.values(message)).map((text) => [key, text] as const),
  );

/** What the window shows, without the prompts of presets and examples, which are written for a model. */
function windowTexts(tag: Tag): Texts {
  const { messages, editor, errorAdvice } = languagePack(tag);
  return [messages, editor, errorAdvice ?? {}]
    .flatMap(texts)
    .filter(([key]) => !/^(preset-(editor|storyteller|email|brainstorm)|example-\w+)-text$/.test(key));
}
const menuTexts = (tag: Tag) => texts(nativeWords(tag, 'en'));

function breaches(tag: Tag, shown: Texts): string[] {
  const forbidden = [...style[tag], ...glossary.flatMap(({ not }) => not?.[tag] ?? [])];
  return shown.flatMap(([key, text]) =>
    forbidden
      .filter((pattern) => pattern.test(text.replace(/\{\w+\}/g, '{}')))
      .map((pattern) => `${key}: "${text}" has ${pattern}`),
  );
}

describe.each(['en', 'zh-CN'] as const)('%s', (tag) => {
  const shown = [...windowTexts(tag), ...menuTexts(tag)];

  test('uses the terms of the glossary, and keeps to its style', () => {
    expect(shown.length).toBeGreaterThan(500);
    expect(breaches(tag, shown)).toEqual([]);
  });

  test('uses every term of the glossary', () => {
    const all = shown.map(([, text]) => text.toLowerCase()).join('\n');
    const missing = glossary.flatMap((term) => term[tag].split(', ').filter((word) => !all.includes(word)));
    expect(missing).toEqual([]);
  });
});

const inTitleCase = (shown: Texts) =>
  shown.filter(([, text]) => /^(?:[A-Z][a-z]+ )+[A-Z][a-z]+…?$/.test(text)).map(([, text]) => text);

test('the English window is in sentence case, unlike the application menu', () => {
  expect(inTitleCase(windowTexts('en'))).toEqual([]);
  expect(inTitleCase(menuTexts('en'))).toContain('New Conversation');
});

test.each([
  ['en', '90 % or more'],
  ['en', 'Loading {model} …'],
  ['en', 'The model goes on from here'],
  ['en', 'Guesses that come true'],
  ['en', 'Nothing is called that.'],
  ['zh-CN', '您已评过'],
  ['zh-CN', '正在读取提示'],
  ['zh-CN', '正在书写回答'],
  ['zh-CN', '起草模型'],
  ['zh-CN', '新比较'],
  ['zh-CN', '命中 {percent} %'],
  ['zh-CN', '正在加载……'],
  ['zh-CN', '继续,直到结束'],
] as const)('in %s "%s" is refused', (tag, text) => {
  expect(breaches(tag, [['key', text]])).not.toEqual([]);
});
