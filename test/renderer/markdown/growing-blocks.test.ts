import fc from 'fast-check';
import { lexer } from 'marked';
import { describe, expect, test } from 'vitest';
import { GrowingBlocks } from '../../../src-renderer/components/markdown/growing-blocks.ts';
import { stableTail } from '../../../src-renderer/components/markdown/stable-tail.ts';

/** Streams `text` in steps of `step` characters. */
function grown(text: string, step: number) {
  const blocks = new GrowingBlocks();
  for (let end = step; end < text.length; end += step) blocks.take(text.slice(0, end), true, 1000);
  blocks.take(text, false, 1000);
  return blocks;
}
const shown = (blocks: GrowingBlocks) => blocks.groups.flat();
const whole = (text: string) => lexer(text).filter(({ type }) => type !== 'space' && type !== 'def');
const raws = (blocks: readonly { type: string; raw: string }[]) =>
  blocks.map(({ type, raw }) => [type, raw.trimEnd()]);

describe('blocks of a growing text', () => {
  test('keep their identity while unchanged', () => {
    const blocks = new GrowingBlocks();
    blocks.take('# Title\n\nOne\n\nTwo', true, 1);
    const before = shown(blocks);
    blocks.take('# Title\n\nOne\n\nTwo grows', true, 1);
    const after = shown(blocks);
    expect(after.slice(0, 2).map((block, index) => block === before[index])).toEqual([true, true]);
    expect(after[2]).not.toBe(before[2]);
  });

  test('exclude blank lines and link definitions, but later links resolve', () => {
    const text = 'a\n\n\n\n[x]: https://example.com\n\nsee [x]\n\nb\n';
    const found = shown(grown(text, 1));
    expect(found.map(({ type }) => type)).toEqual(['paragraph', 'paragraph', 'paragraph']);
    expect(found[1]).toMatchObject({
      tokens: [{ type: 'text' }, { type: 'link', href: 'https://example.com' }],
    });
  });

  test('equal those of the whole text, however it is streamed', () => {
    const pieces = [
      'word',
      'and',
      '**',
      '*',
      '`',
      '- ',
      '\n',
      '\n\n',
      ' ',
      '1. ',
      '> ',
      '# ',
      '```\n',
      '```',
      '| a | b |\n',
      '|---|---|\n',
      '    ',
      '<b>',
      '---\n',
      '\r\n',
    ];
    const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 40 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 9 }), (parts, step) => {
        const text = parts.join('');
        expect(raws(shown(grown(text, step)))).toEqual(raws(whole(text.replaceAll('\r\n', '\n'))));
      }),
      { numRuns: 4000, seed: 1 },
    );
  });

  test('equal those of the stable prefix at every step', () => {
    const text =
      '# One\n\nTwo *three*\nfour\n\n- five\n- six\n\n```js\nlet a;\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> seven\n\nend';
    const blocks = new GrowingBlocks();
    for (let end = 1; end <= text.length; end++) {
      blocks.take(text.slice(0, end), true, 1);
      expect(raws(shown(blocks))).toEqual(raws(whole(stableTail(text.slice(0, end)))));
    }
  });

  test('fit only a text with the same prefix', () => {
    const blocks = new GrowingBlocks();
    blocks.take('one', true, 1);
    expect([blocks.fits('one two'), blocks.fits('two')]).toEqual([true, false]);
  });
});

/** Texts of about `length` characters. */
const repeated = (text: string) => (length: number) => text.repeat(length / text.length);
const kinds: Readonly<Record<string, (length: number) => string>> = {
  paragraphs: repeated('Some words of a paragraph, *soft* and **hard**.\n\n'),
  'one line': repeated('words without an end '),
  'one list': (length) =>
    Array.from({ length: length / 12 }, (_, index) => `${index + 1}. an item\n`).join(''),
  'one table': (length) => `| a | b |\n|---|---|\n${repeated('| one | two |\n')(length)}`,
  'one block of code': (length) => `\`\`\`js\n${repeated('let a = 1;\n')(length)}`,
  'one quote': repeated('> quoted words\n'),
  'marks of quotes': repeated('>'),
  'marks of emphasis': repeated('_a'),
};

describe('a long text', () => {
  test.each(Object.entries(kinds))('of %s is lexed in linear time', (_, textOf) => {
    const read = (length: number) => grown(textOf(length), 40).charactersRead;
    const [once, twice] = [read(24_000), read(48_000)];
    expect(twice / once).toBeLessThan(2.3);
  });

  test.each(Object.entries(kinds))('of %s loses nothing when it is split', (_, textOf) => {
    const text = textOf(30_000);
    const letters = (value: string) => value.replaceAll(/[^a-z>]/g, '').length;
    const raw = shown(grown(text, 97))
      .map((block) => block.raw)
      .join('\n');
    // Each part of a table or a code block repeats its header.
    const head = ['| a | b |\n', '```js\n'].find((line) => text.startsWith(line)) ?? text;
    const repeated = raw.split(head.trim()).length - 2;
    expect(letters(raw)).toBe(letters(text) + letters(head) * Math.max(0, repeated));
  });

  test('is split into parts that a frame can lex, but for fenced code, which isn’t lexed', () => {
    expect(shown(grown(kinds['one block of code']!(50_000), 500))).toHaveLength(1);
    for (const [name, textOf] of Object.entries(kinds)) {
      if (name === 'one block of code') continue;
      const lengths = shown(grown(textOf(50_000), 500)).map((block) => block.raw.length);
      expect([name, Math.max(...lengths) <= 12_500]).toEqual([name, true]);
    }
  });

  test('is taken in slices', () => {
    const blocks = new GrowingBlocks();
    const text = kinds['paragraphs']!(245_000);
    expect(blocks.take(text, false, 2)).toBe(false);
    expect(blocks.charactersRead).toBeLessThan(20_000);
    expect(blocks.groups.at(-1)!.length).toBeGreaterThan(0);
    while (!blocks.take(text, false, 2));
    expect(shown(blocks)).toHaveLength(5000);
  });

  test('keeps the identity of its groups while it streams', () => {
    const blocks = new GrowingBlocks();
    const text = kinds['paragraphs']!(9800);
    blocks.take(text, true, 1000);
    const before = blocks.groups;
    blocks.take(`${text}More.`, true, 1);
    expect(blocks.groups.slice(0, -1).every((group, index) => group === before[index])).toBe(true);
  });

  test.each([
    ['fenced', '```js\n', '', 1],
    ['in tildes', '~~~\n', '', 1],
    ['indented', '', '    ', 2],
  ])('of code, %s, is not split within a line', (_what, fence, indent, count) => {
    for (const line of ['😀'.repeat(12_000), `${'x + '.repeat(6000)}y`, 'e\u0301'.repeat(9000)]) {
      const found = shown(grown(`${fence}${indent}${line}\n${indent}y`, 997));
      const texts = found.map((block) => (block as { text: string }).text.trimEnd());
      expect(texts.join('\n') === `${line}\ny`).toBe(true);
      expect(found.map(({ type }) => type)).toEqual(Array.from({ length: count }, () => 'code'));
    }
  });

  test('is not cut within a character', () => {
    for (const character of ['😀', '👨‍👩‍👧‍👦', 'e\u0323\u0302', '🇩🇪', 'क्षि']) {
      const text = `a${character.repeat(6000)}`;
      const cuts = shown(grown(text, 1009)).slice(1);
      expect(cuts.length).toBeGreaterThan(0);
      for (const { raw } of cuts) expect(raw.startsWith(character)).toBe(true);
    }
  });
});
