import { expect, test } from 'vitest';
import { continuable } from '../../../src-renderer/state/write/continuable.ts';
import { message, run } from '../sample.ts';

const answer = (part: object) => message({ id: 'a', parentId: 'q', role: 'assistant', ...part });

test.each([
  ['a stopped answer', { status: 'stopped' }, true],
  ['an interrupted one', { status: 'interrupted' }, true],
  ['a failed one', { status: 'failed' }, true],
  ['one that reached its limit', { run: { ...run, endReason: 'length' } }, true],
  ['an edited one', { run: null }, true],
  ['one that the model ended', {}, false],
  ['one that filled the context', { run: { ...run, endReason: 'context-full' } }, false],
  ['one that is being written', { status: 'streaming' }, false],
  ['one without a word', { status: 'stopped', content: ' ' }, false],
  ['a question', { role: 'user', run: null }, false],
])('%s can be continued or not', (_, part, expected) => {
  expect(continuable(answer(part))).toBe(expected);
});
