import { render } from 'svelte/server';
import { expect, test } from 'vitest';
import InEnglish from './InEnglish.svelte';

/** Rendered HTML without Svelte's comments and class names. */
function markupOf(text: string, growing = false): string {
  const { body } = render(InEnglish, { props: { text, growing } });
  return (
    body
      .replace(/<!--.*?-->/gs, '')
      .replace(/ class="[^"]*"/g, '')
      .replace(/>\s+</g, '><')
      .trim()
      // The elements of block groups.
      .replace(/^<div>(.*)<\/div>$/s, '$1')
  );
}

test.each([
  [
    'Two *soft*, **hard** and ~~gone~~',
    '<p>Two <em>soft</em>, <strong>hard</strong> and <del>gone</del></p>',
  ],
  ['# Title', '<h3>Title</h3>'],
  ['###### Deep', '<h6>Deep</h6>'],
  ['- one\n- two', '<ul><li>one</li><li>two</li></ul>'],
  ['3. three\n4. four', '<ol start="3"><li>three</li><li>four</li></ol>'],
  ['- a\n  - b', '<ul><li>a<ul><li>b</li></ul></li></ul>'],
  ['> quoted', '<blockquote><p>quoted</p></blockquote>'],
  ['`a < b`', '<p><code>a &lt; b</code></p>'],
  ['a  \nb', '<p>a<br/>b</p>'],
  ['---', '<hr/>'],
  ['Fish &amp; chips', '<p>Fish &amp; chips</p>'],
  ['\\*not soft\\*', '<p>*not soft*</p>'],
])('%j', (text, markup) => {
  expect(markupOf(text)).toBe(markup);
});

test('a table has a header and column alignment', () => {
  const markup = markupOf('| a | b |\n|:--|--:|\n| 1 | *2* |');
  expect(markup).toContain('<th scope="col" style="text-align: left;">a</th>');
  expect(markup).toContain('<td style="text-align: right;"><em>2</em></td>');
});

test('code is verbatim and can be copied', () => {
  const markup = markupOf('```js\nlet a = 1 < 2;\n\n  b();\n```');
  expect(markup).toContain('<code><span>let a = 1 &lt; 2;\n\n  b();</span></code>');
  expect(markup).toContain('<span>js</span>');
  expect(markup).toContain('aria-label="Copy code"');
});

test('a task item shows whether it is done', () => {
  expect(markupOf('- [x] tea\n- [ ] cake')).toMatch(/aria-label="Done".*tea.*aria-label="Not done".*cake/s);
});

test.each([
  '[text](https://example.com)',
  '<https://example.com>',
  'https://example.com',
  '![chart](https://example.com/a.png)',
  '<img src="x" onerror="alert(1)">',
  '<script>alert(1)</script>',
  'An <a href="javascript:alert(1)">anchor</a>',
  '[x](javascript:alert(1))',
])('%s links to nothing, loads nothing and runs nothing', (text) => {
  const markup = markupOf(text);
  expect(markup).not.toMatch(/<(a|img|script|iframe)\b|<[^>]*\b(href|src)=/);
  expect(markup).toMatch(/example\.com|alert/);
});

test('a streaming text is rendered without its unsettled end', () => {
  expect(markupOf('A **bo', true)).toBe('<p>A <strong>bo</strong></p>');
  expect(markupOf('A **bo')).toBe('<p>A **bo</p>');
});

test.each([
  ['quotes', '>'.repeat(5000)],
  ['quotes with spaces', '> '.repeat(900)],
  ['lists', '- '.repeat(900)],
  ['emphasis', '*a **b '.repeat(350) + '** c*'.repeat(350)],
])('thousands of nested %s are shown verbatim', (_name, marks) => {
  const text = `${marks}the end`;
  for (const growing of [false, true]) {
    const markup = markupOf(text, growing).replaceAll('&gt;', '>');
    expect(markup).toContain('the end');
    expect(markup.match(/<(?:blockquote|ul|em|strong)>/g) ?? []).toHaveLength(0);
  }
  expect(markupOf('> > - quoted')).toBe(
    '<blockquote><blockquote><ul><li>quoted</li></ul></blockquote></blockquote>',
  );
});
