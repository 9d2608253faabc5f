import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textChunks } from '../../../src-renderer/components/markdown/text-chunks.ts';

test('chunks are whole lines that join to the text, and none of several lines is too long', () => {
  const pieces = ['word ', '\n', 'x'.repeat(900), '\n'.repeat(50), '😀'.repeat(900), 'e\u0301'.repeat(400)];
  const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 60 });
  fc.assert(
    fc.property(texts, (parts) => {
      const text = parts.join('');
      const chunks = textChunks(text);
      expect(chunks.join('')).toBe(text);
      for (const chunk of chunks.slice(0, -1)) expect(chunk.endsWith('\n')).toBe(true);
      for (const chunk of chunks) {
        const lines = chunk.split('\n').length - (chunk.endsWith('\n') ? 1 : 0);
        expect(lines === 1 || chunk.length <= 4000).toBe(true);
      }
    }),
  );
});

test('a text with line breaks is split after one', () => {
  const chunks = textChunks('a line\n'.repeat(200));
  expect(chunks.length).toBeGreaterThan(1);
  expect(chunks.every((chunk) => chunk.endsWith('\n'))).toBe(true);
});

test.each([
  ['emoji', '😀', 2500],
  ['rare Chinese characters', '𠮷', 2500],
  ['joined emoji', '👨‍👩‍👧‍👦', 800],
  ['flags', '🇩🇪', 1500],
  ['letters with marks', 'e\u0323\u0302', 2000],
  ['Hangul letters', '\u1112\u1161\u11ab', 2000],
  ['Devanagari syllables', 'क्षि', 1500],
  ['base64', 'QUJD', 25_000],
  ['an SVG path', 'M10.5,20.25 ', 5000],
  ['minified JavaScript', 'function(e,t){return e+t};', 4000],
])('a line of %s stays one line', (_what, part, count) => {
  const line = `a${part.repeat(count)}\n`;
  expect(textChunks(line)).toEqual([line]);
  expect(textChunks(`before\n${line}after`)).toEqual(['before\n', line, 'after']);
});
