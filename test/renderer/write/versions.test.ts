import { expect, test, vi } from 'vitest';
import type { Message } from '../../../src-main/contract/conversation.ts';
import type { OpenConversation } from '../../../src-renderer/state/write/open-conversation.svelte.ts';
import { Versions } from '../../../src-renderer/state/write/versions.svelte.ts';

const messages = [
  { id: 'a', parentId: 'q' },
  { id: 'b', parentId: 'another question' },
] as Message[];
const conversation = (id: string) => ({ id, messages }) as unknown as OpenConversation;
const here = conversation('c');

test('a question gets its answers one after another, in the conversation as currently open', () => {
  const again = vi.fn(() => Promise.resolve(true));
  const versions = new Versions(again);
  versions.begin(here, 'q', 3);
  expect(versions.left).toBe(2);
  versions.settled('b', 'done', here);
  expect(again).not.toHaveBeenCalled();
  const reopened = conversation('c');
  versions.settled('a', 'done', reopened);
  expect(again).toHaveBeenLastCalledWith(reopened, 'q');
  versions.settled('a', 'done', conversation('elsewhere'));
  expect(again).toHaveBeenLastCalledWith(here, 'q');
  versions.settled('a', 'done', here);
  expect(again).toHaveBeenCalledTimes(2);
});

test.each(['stopped', 'failed', 'interrupted'] as const)('an answer that is %s is the last', (status) => {
  const again = vi.fn(() => Promise.resolve(true));
  const versions = new Versions(again);
  versions.begin(here, 'q', 3);
  versions.settled('a', status, here);
  expect(versions.left).toBe(0);
  expect(again).not.toHaveBeenCalled();
});
