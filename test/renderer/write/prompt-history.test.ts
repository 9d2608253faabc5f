import { expect, test } from 'vitest';
import { joinAttachments } from '../../../src-main/contract/attachment.ts';
import { Notices } from '../../../src-renderer/state/shell/notices.svelte.ts';
import { PromptHistory } from '../../../src-renderer/state/write/prompt-history.ts';
import { FakeApi } from '../fake-api.ts';

test('earlier messages can be stepped through, back to the typed text', async () => {
  const history = new PromptHistory(new FakeApi({ 'questions-recent': () => ['two', 'one'] }), new Notices());
  await history.load();
  expect(history.newer()).toBeUndefined();
  expect(history.older('half')).toBe('two');
  expect(history.older('two')).toBe('one');
  expect(history.older('one')).toBeUndefined();
  expect(history.newer()).toBe('two');
  expect(history.newer()).toBe('half');
  expect(history.browsing).toBe(false);

  history.add(joinAttachments([{ name: 'a.txt', text: 'x' }], 'three'));
  history.add('one');
  expect(history.older('')).toBe('one');
  expect(history.older('')).toBe('three');
  history.leave();
  expect(history.older('')).toBe('one');
});
