import { expect, test } from 'vitest';
import { rewrittenText } from '../../../src-renderer/state/documents/rewritten-text.ts';

test.each([
  ['A cup.', ' A cup!\n', 'A cup!'],
  ['\n  A cup. \n\n', 'Two cups.', '\n  Two cups. \n\n'],
  ['A cup.', "Here's the corrected text:\n\nTwo cups.", 'Two cups.'],
  ['A cup.', 'Corrected text:\n\nTwo cups.', 'Two cups.'],
  ['A cup.', 'Sure, here is the text:\nTwo cups.', 'Two cups.'],
  ['A cup.', '"Two cups."', 'Two cups.'],
  ['A cup.', '“Two cups', 'Two cups'],
  ['“A cup.”', '“Two cups.”', '“Two cups.”'],
  ['A cup.', '"Two" and "three"', '"Two" and "three"'],
  ['A cup.', 'Here is one line: with a colon', 'Here is one line: with a colon'],
  ['A cup.', '', ''],
])('%j answered by %j becomes %j', (selection, answer, text) => {
  expect(rewrittenText(selection, answer, 'replace').text).toBe(text);
});

test('a continued text is unchanged', () => {
  const { text, removed } = rewrittenText('It was late.', ' She left.\n\n', 'continue');
  expect([text, removed]).toEqual(['It was late. She left.', []]);
});

test('a continued text has one copy of the loop it ends in', () => {
  const { text, removed } = rewrittenText('It was late.', ' She left the house.'.repeat(20), 'continue');
  expect(text).toBe('It was late. She left the house.');
  expect(removed).toEqual([' She left the house.'.repeat(19).trim()]);
});

test('what may become a preamble is held back while the text grows', () => {
  const at = (answer: string) => rewrittenText('A cup.', answer, 'replace', true).text;
  expect([at('Here is the'), at('Here is the text:\nTwo'), at('Two cu')]).toEqual(['', 'Two', 'Two cu']);
  expect(rewrittenText('Here is a cup.', 'Here are', 'replace', true).text).toBe('Here are');
});
