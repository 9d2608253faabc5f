import { expect, test, vi } from 'vitest';
import type { Message } from '../../../src-main/contract/conversation.ts';
import type { OpenConversation } from '../../../src-renderer/state/write/open-conversation.svelte.ts';
import { SearchTexts } from '../../../src-renderer/state/runs/search-texts.svelte.ts';
import { Versions } from '../../../src-renderer/state/write/versions.svelte.ts';

const here = { id: 'c' } as OpenConversation;
const ended = (status: Message['status'], parentId = 'q') => ({ status, parentId }) as Message;

test('a question gets its answers one after another, in the conversation as it is open now', () => {
  const again = vi.fn(() => Promise.resolve(true));
  const versions = new Versions(again);
  versions.begin(here, 'q', 3);
  expect(versions.left).toBe(2);
  versions.settled(ended('done', 'another question'), here);
  expect(again).not.toHaveBeenCalled();
  const anew = { id: 'c' } as OpenConversation;
  versions.settled(ended('done'), anew);
  expect(again).toHaveBeenLastCalledWith(anew, 'q');
  versions.settled(ended('done'), { id: 'elsewhere' } as OpenConversation);
  expect(again).toHaveBeenLastCalledWith(here, 'q');
  versions.settled(ended('done'), here);
  expect(again).toHaveBeenCalledTimes(2);
});

test.each(['stopped', 'failed', 'interrupted'] as const)('one that is %s is the last', (status) => {
  const again = vi.fn(() => Promise.resolve(true));
  const versions = new Versions(again);
  versions.begin(here, 'q', 3);
  versions.settled(ended(status), here);
  expect(versions.left).toBe(0);
  expect(again).not.toHaveBeenCalled();
});

test('the other texts of a search are held until they are taken', () => {
  const texts = new SearchTexts();
  const hypotheses = ['best', 'second', 'third'].map((text) => ({
    ...{ text, score: -1, logProbabilitySum: -1, tokens: [] },
  }));
  texts.apply('a', [{ type: 'preview', text: 'x' }]);
  expect(texts.beside('a')).toEqual([]);
  texts.apply('a', [{ type: 'hypotheses', hypotheses }]);
  expect(texts.beside('a').map(({ text }) => text)).toEqual(['second', 'third']);
  texts.take('a', 'second');
  expect(texts.beside('a').map(({ text }) => text)).toEqual(['third']);
  for (let index = 0; index < 20; index += 1) texts.apply(`b${index}`, [{ type: 'hypotheses', hypotheses }]);
  expect(texts.beside('a')).toEqual([]);
});
