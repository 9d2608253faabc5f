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
  expect(rewrittenText(selection, answer, 'replace')).toBe(text);
});

test('a continued text is unchanged', () => {
  expect(rewrittenText('It was late.', ' She left.\n\n', 'continue')).toBe('It was late. She left.');
});
