import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textChunks } from '../../../src-renderer/components/markdown/text-chunks.ts';

test('chunks join to the text, and none is too long', () => {
  const texts = fc.array(fc.constantFrom('word ', '\n', 'x'.repeat(900), '\n'.repeat(50)), { maxLength: 60 });
  fc.assert(
    fc.property(texts, (parts) => {
      const text = parts.join('');
      const chunks = textChunks(text);
      expect(chunks.join('')).toBe(text);
      for (const chunk of chunks) expect(chunk.length).toBeLessThanOrEqual(4000);
    }),
  );
});

test('a text with line breaks is split after one', () => {
  const chunks = textChunks('a line\n'.repeat(200));
  expect(chunks.length).toBeGreaterThan(1);
  expect(chunks.every((chunk) => chunk.endsWith('\n'))).toBe(true);
});
