import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Draft } from '../../../src-main/contract/conversation.ts';
import { Drafts } from '../../../src-renderer/state/write/drafts.svelte.ts';
import { Notices } from '../../../src-renderer/state/shell/notices.svelte.ts';
import { FakeApi } from '../fake-api.ts';
import { conversationId } from '../sample.ts';

const place = { conversationId, messageId: null };
const draft = (text: string, part: Partial<Draft> = {}): Draft => ({ ...place, text, branch: null, ...part });

let kept: Draft[];
let api: FakeApi;
let notices: Notices;
let drafts: Drafts;

beforeEach(() => {
  vi.useFakeTimers();
  kept = [];
  api = new FakeApi({ 'drafts-list': () => kept, 'draft-write': () => null });
  notices = new Notices();
  drafts = new Drafts(api, notices);
});
afterEach(() => vi.useRealTimers());

const told = () => api.asked.map(({ argument }) => argument);

test('what is typed is kept within a second, in one request', async () => {
  for (const text of ['H', 'He', 'Hel']) {
    drafts.write(draft(text));
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(told()).toEqual([]);
  await vi.advanceTimersByTimeAsync(700);
  expect(told()).toEqual([draft('Hel')]);
});

test('who types on and on is kept all the same', async () => {
  for (let count = 1; count <= 20; count++) {
    drafts.write(draft('x'.repeat(count)));
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(told().length).toBeGreaterThanOrEqual(3);
  expect(drafts.at(place)?.text).toHaveLength(20);
});

test('a flush tells at once, and nothing twice', async () => {
  drafts.write(draft('now'));
  await drafts.flush();
  await vi.advanceTimersByTimeAsync(2000);
  expect(told()).toEqual([draft('now')]);
});

test('what was kept is there again, without overwriting what was typed meanwhile', async () => {
  kept = [draft('old'), draft('an edit', { messageId: 'question' })];
  drafts.write(draft('new'));
  await drafts.load();
  expect(drafts.at(place)?.text).toBe('new');
  expect(drafts.at({ conversationId, messageId: 'question' })?.text).toBe('an edit');
});

test('what was sent is gone at once, and stays gone', async () => {
  drafts.write(draft('sent'));
  drafts.discard(place);
  expect(told()).toEqual([draft('')]);
  kept = [draft('sent')];
  await vi.advanceTimersByTimeAsync(2000);
  expect(told()).toHaveLength(1);
  expect(drafts.at(place)).toBeUndefined();
});

test('a draft of a new conversation goes with it', async () => {
  drafts.write(draft('first words', { conversationId: null }));
  drafts.adopt(conversationId);
  expect(drafts.at(place)?.text).toBe('first words');
  expect(drafts.at({ conversationId: null, messageId: null })).toBeUndefined();
  expect(told()).toEqual([draft('first words'), draft('', { conversationId: null })]);
});

test('what could not be kept is told, and tried again with the next change', async () => {
  api.refusals.set('draft-write', { code: 'disk-full', message: 'The disk is full.', details: {} });
  drafts.write(draft('precious'));
  await drafts.flush();
  expect(notices.current?.code).toBe('disk-full');
  api.refusals.clear();
  drafts.write(draft('more', { messageId: 'question' }));
  await drafts.flush();
  expect(told().slice(1)).toEqual([draft('precious'), draft('more', { messageId: 'question' })]);
});

test('the draft that was changed last is the last one', () => {
  drafts.write(draft('one', { messageId: 'a' }));
  drafts.write(draft('two', { messageId: 'b' }));
  drafts.write(draft('three', { messageId: 'a' }));
  expect(drafts.in(conversationId).map(({ messageId }) => messageId)).toEqual(['b', 'a']);
  expect(drafts.waits(conversationId)).toBe(false);
});
