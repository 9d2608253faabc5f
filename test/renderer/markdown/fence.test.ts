import fc from 'fast-check';
import { lexer } from 'marked';
import { describe, expect, test } from 'vitest';
import { blocksOf } from '../../../src-renderer/components/markdown/blocks.ts';
import { GrowingBlocks } from '../../../src-renderer/components/markdown/growing-blocks.ts';
import { stableTail } from '../../../src-renderer/components/markdown/stable-tail.ts';

/** The blocks of `text`, streamed in steps of `step` characters, each as its type and its text. */
function shown(text: string, step: number): string[] {
  const blocks = new GrowingBlocks();
  for (let end = step; end < text.length; end += step) blocks.take(text.slice(0, end), true, 1000);
  blocks.take(text, false, 1000);
  return blocks.groups.flat().map(({ type, ...block }) => `${type}: ${'text' in block ? block.text : ''}`);
}

describe('a fence', () => {
  test.each([
    // Examples of CommonMark 0.31.2, 4.5.
    ['```\n<\n >\n```', ['code: <\n >']],
    ['~~~\n<\n >\n~~~', ['code: <\n >']],
    ['``\nfoo\n``', ['paragraph: ``\nfoo\n``']],
    ['```\naaa\n~~~\n```', ['code: aaa\n~~~']],
    ['~~~\naaa\n```\n~~~', ['code: aaa\n```']],
    ['````\naaa\n```\n``````', ['code: aaa\n```']],
    ['~~~~\naaa\n~~~\n~~~~', ['code: aaa\n~~~']],
    ['```', ['code: ']],
    ['`````\n\n```\naaa', ['code: \n```\naaa']],
    ['```\n\n  \n```', ['code: \n  ']],
    ['```\n```', ['code: ']],
    [' ```\n aaa\naaa\n```', ['code: aaa\naaa']],
    ['  ```\naaa\n  aaa\naaa\n  ```', ['code: aaa\naaa\naaa']],
    ['   ```\n   aaa\n    aaa\n  aaa\n   ```', ['code: aaa\n aaa\naaa']],
    ['    ```\n    aaa\n    ```', ['code: ```\naaa\n```']],
    ['```\naaa\n  ```', ['code: aaa']],
    ['   ```\naaa\n  ```', ['code: aaa']],
    ['```\naaa\n    ```', ['code: aaa\n    ```']],
    ['``` ```\naaa', ['paragraph: ``` ```\naaa']],
    ['~~~~~~\naaa\n~~~ ~~', ['code: aaa\n~~~ ~~']],
    ['foo\n```\nbar\n```\nbaz', ['paragraph: foo', 'code: bar', 'paragraph: baz']],
    ['~~~~    ruby startline=3 $%@#$\ndef foo(x)\n~~~~~~~', ['code: def foo(x)']],
    ['````;\n````', ['code: ']],
    ['``` aa ```\nfoo', ['paragraph: ``` aa ```\nfoo']],
    ['~~~ aa ``` ~~~\nfoo\n~~~', ['code: foo']],
    ['```\n``` aaa\n```', ['code: ``` aaa']],
    // Beyond the examples.
    ['```js\nx\n```\t\nAfter.', ['code: x', 'paragraph: After.']],
    ['```js\nx\n``` \t \nAfter.', ['code: x', 'paragraph: After.']],
    ['```js\nx\n````~~~\ny\n```\nAfter.', ['code: x\n````~~~\ny', 'paragraph: After.']],
    ['~~~\nx\n~~~``\ny\n~~~~ \nAfter.', ['code: x\n~~~``\ny', 'paragraph: After.']],
    ['```\nx\n\t```\ny\n```', ['code: x\n\t```\ny']],
    ['```\nx\n```\u00A0\ny\n```', ['code: x\n```\u00A0\ny']],
    ['```\r\nx\r\n```\t\r\nAfter.', ['code: x', 'paragraph: After.']],
    ['  ```\n\tx\n  ```', ['code:   x']],
    ['```\n```\n```\nx', ['code: ', 'code: x']],
    ['~~~\n\n\n~~~\n\n~~~', ['code: \n', 'code: ']],
    ['```js\nx\n``', ['code: x\n``']],
  ])('in %j', (text, expected) => {
    for (const step of [1, 2, 7, 1000]) expect([step, shown(text, step)]).toEqual([step, expected]);
  });

  test.each([
    ['> ```\n> x\n> ```\t\n> After.', 'x'],
    ['- ```\n  x\n  ```\t\n\n  After.', 'x'],
    ['1. Do:\n\n   ```sh\n   x\n   ````~~~\n   ```\n2. After.', 'x\n````~~~'],
    ['> - ~~~\n>   x\n>   ~~~~ \t\n> After.', 'x'],
  ])('inside a container in %j', (text, code) => {
    const found: string[] = [];
    const collect = (tokens: readonly object[]): void => {
      for (const token of tokens as { type: string; text: string; tokens?: []; items?: [] }[]) {
        if (token.type === 'code') found.push(token.text);
        collect([...(token.tokens ?? []), ...(token.items ?? [])]);
      }
    };
    collect(blocksOf(text, {}));
    expect(found).toEqual([code]);
  });

  test.each([
    ['```  js  ', 'js'],
    ['```\tc++\t', 'c++'],
    ['~~~ `sh` ', '`sh`'],
    ['``` foo\\+bar', 'foo+bar'],
    ['``` a\\b', 'a\\b'],
    ['``` f&amp;g', 'f&g'],
    ['``` f\\&amp;g', 'f&amp;g'],
    ['``` &#955; x', 'λ x'],
  ])('has the info string of %j', (line, lang) => {
    expect(blocksOf(`${line}\nx\n`, {})[0]).toMatchObject({ type: 'code', lang, text: 'x' });
  });
});

const lines = fc.constantFrom(
  ...['```', '````', '~~~', '~~~~', '``', ' ```', '   ~~~', '    ```', '``` js', '~~~ a`b', '```` ', '~~~  '],
  ...['text', '  text', '', '# Title', '- item', '````~~~', '~~~``', '`` `', '``` `x`'],
);

test('blocks are those of marked, in whatever steps the text comes', () => {
  const kinds = (text: string) =>
    lexer(text)
      .filter(({ type }) => type !== 'space')
      .map(({ type, raw }) => `${type}: ${raw.trimEnd()}`);
  const grown = (text: string, step: number) => {
    const blocks = new GrowingBlocks();
    for (let end = step; end < text.length; end += step) blocks.take(text.slice(0, end), true, 1000);
    blocks.take(text, false, 1000);
    return blocks.groups.flat().map(({ type, raw }) => `${type}: ${raw.trimEnd()}`);
  };
  fc.assert(
    fc.property(fc.array(lines, { maxLength: 12 }), fc.integer({ min: 1, max: 9 }), (parts, step) => {
      const text = parts.join('\n');
      expect(grown(text, step)).toEqual(kinds(text));
    }),
    { numRuns: 3000 },
  );
});

test('the marks of a last line are held back only where they may end the code', () => {
  expect(stableTail('```js\nlet a\n``')).toBe('```js\nlet a');
  expect(stableTail('> ```js\n> let a = **1')).toBe('> ```js\n> let a = **1');
  expect(stableTail('10. Do:\n\n    ```js\n    let a = **1')).toBe('10. Do:\n\n    ```js\n    let a = **1');
  expect(stableTail('> ```js\n> let a\n> ```\n> **b')).toBe('> ```js\n> let a\n> ```\n> **b**');
  expect(stableTail('Text\n~~~ a`b')).toBe('Text\n');
  const growing = new GrowingBlocks();
  growing.take('```\nx\n~~~', true, 1);
  expect(growing.groups.flat()[0]).toMatchObject({ text: 'x\n~~~' });
});
