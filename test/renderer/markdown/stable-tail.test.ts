import { lexer, type Token } from 'marked';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stableTail } from '../../../src-renderer/components/markdown/stable-tail.ts';

describe('ambiguous markers are held back', () => {
  test.each([
    ['Text\n-', 'Text\n'],
    ['Text\n\n1.', 'Text\n\n'],
    ['Text\n\n##', 'Text\n\n'],
    ['Text\n\n| a | b |', 'Text\n\n'],
    ['Text\n\n| a | b |\n|--', 'Text\n\n'],
    ['See [a note](https://exa', 'See a note'],
    ['A **bold', 'A **bold**'],
    ['A **', 'A'],
    ['A `let x', 'A `let x`'],
    ['An *item', 'An *item*'],
    ['```js\nlet a\n``', '```js\nlet a'],
  ])('%j is shown as %j', (growing, shown) => {
    expect(stableTail(growing).trimEnd()).toBe(shown.trimEnd());
  });

  test.each([
    'Plain text, with 2 + 2 = 4',
    '- item',
    '1. item',
    '# Title',
    '| a | b |\n|---|---|\n| 1 | 2 |',
    '```\n* not a list\n**',
    'A **bold** word',
    '5 * 3 * 2',
  ])('%j is unchanged', (text) => {
    expect(stableTail(text)).toBe(text);
  });
});

/** Block types and the length of the visible text. */
function shown(text: string): { kinds: string[]; length: number } {
  const lengthOf = (token: Token): number => {
    if (token.type === 'list')
      return (token['items'] as Token[]).reduce((sum, item) => sum + lengthOf(item), 0);
    if (token.type === 'table') {
      const cells = [token['header'], ...(token['rows'] as unknown[])].flat() as { text: string }[];
      return cells.reduce((sum, cell) => sum + cell.text.length, 0);
    }
    if ('tokens' in token && token.tokens) return token.tokens.reduce((sum, part) => sum + lengthOf(part), 0);
    return 'text' in token ? token.text.length : 0;
  };
  const blocks = lexer(text).filter(({ type }) => type !== 'space');
  return {
    kinds: blocks.map(({ type }) => type),
    length: blocks.reduce((sum, block) => sum + lengthOf(block), 0),
  };
}

const sample = `# Three things

The **oldest** leaves are in *Xi’an*; see \`Camellia\` and [a note](https://example.com/tea).

For this:
- a **good** pot
- ***very*** hot water

1. Warm the pot.
2. Add one spoon:
   - black
   - green

| Tea | Minutes |
|:----|----:|
| Black | 4 |

\`\`\`js
let a = **1**;
\`\`\`

The end.
`;

/** How often a block changes its type, or the visible text gets shorter, while `sample` is streamed by characters. */
function jumps(present: (text: string) => string): number {
  let count = 0;
  let before = shown('');
  for (let end = 1; end <= sample.length; end++) {
    const now = shown(present(sample.slice(0, end)));
    if (now.length < before.length || before.kinds.some((kind, index) => now.kinds[index] !== kind))
      count += 1;
    before = now;
  }
  return count;
}

test('while a text streams, no block changes its type or disappears', () => {
  expect(jumps(stableTail)).toBe(0);
  expect(jumps((text) => text)).toBeGreaterThan(5);
});

test('only markers and incomplete lines are held back', () => {
  const words = fc.array(fc.constantFrom('word', 'and', '**', '*', '`', '- ', '\n', '\n\n', ' ', '1. '), {
    maxLength: 30,
  });
  fc.assert(
    fc.property(words, (parts) => {
      const text = parts.join('');
      // A line that opens a fence is incomplete until its line break.
      fc.pre(!/(^|\n)[ \t]*`{3}[^`\n]*$/.test(text));
      const wordsOf = (value: string) => value.match(/word|and/g) ?? [];
      expect(wordsOf(stableTail(text))).toEqual(wordsOf(text));
    }),
  );
});
