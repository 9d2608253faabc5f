import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Draft } from '../../../src-main/contract/conversation.ts';
import { Drafts } from '../../../src-renderer/state/write/drafts.svelte.ts';
import { Notices } from '../../../src-renderer/state/shell/notices.svelte.ts';
import { FakeApi } from '../fake-api.ts';
import { conversationId } from '../sample.ts';

const place = { conversationId, messageId: null };
const draft = (text: string, part: Partial<Draft> = {}): Draft => ({ ...place, text, branch: null, ...part });

let stored: Draft[];
let api: FakeApi;
let notices: Notices;
let drafts: Drafts;

beforeEach(() => {
  vi.useFakeTimers();
  stored = [];
  api = new FakeApi({ 'drafts-list': () => stored, 'draft-write': () => null });
  notices = new Notices();
  drafts = new Drafts(api, notices);
});
afterEach(() => vi.useRealTimers());

const saved = () => api.asked.map(({ argument }) => argument);

test('the typed text is saved within a second, in one request', async () => {
  for (const text of ['H', 'He', 'Hel']) {
    drafts.write(draft(text));
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(saved()).toEqual([]);
  await vi.advanceTimersByTimeAsync(700);
  expect(saved()).toEqual([draft('Hel')]);
});

test('the text is also saved during continuous typing', async () => {
  for (let count = 1; count <= 20; count++) {
    drafts.write(draft('x'.repeat(count)));
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(saved().length).toBeGreaterThanOrEqual(3);
  expect(drafts.at(place)?.text).toHaveLength(20);
});

test('a flush saves at once, and nothing twice', async () => {
  drafts.write(draft('now'));
  await drafts.flush();
  await vi.advanceTimersByTimeAsync(2000);
  expect(saved()).toEqual([draft('now')]);
});

test('saved drafts are restored without overwriting text typed meanwhile', async () => {
  stored = [draft('old'), draft('an edit', { messageId: 'question' })];
  drafts.write(draft('new'));
  await drafts.load();
  expect(drafts.at(place)?.text).toBe('new');
  expect(drafts.at({ conversationId, messageId: 'question' })?.text).toBe('an edit');
});

test('a sent text is cleared at once, and stays cleared', async () => {
  drafts.write(draft('sent'));
  drafts.discard(place);
  expect(saved()).toEqual([draft('')]);
  stored = [draft('sent')];
  await vi.advanceTimersByTimeAsync(2000);
  expect(saved()).toHaveLength(1);
  expect(drafts.at(place)).toBeUndefined();
});

test('the draft of a new conversation moves to it', async () => {
  drafts.write(draft('first words', { conversationId: null }));
  drafts.adopt(conversationId);
  expect(drafts.at(place)?.text).toBe('first words');
  expect(drafts.at({ conversationId: null, messageId: null })).toBeUndefined();
  expect(saved()).toEqual([draft('first words'), draft('', { conversationId: null })]);
});

test('a failed save is shown, and retried with the next change', async () => {
  api.refusals.set('draft-write', { code: 'disk-full', message: 'The disk is full.', details: {} });
  drafts.write(draft('precious'));
  await drafts.flush();
  expect(notices.current?.code).toBe('disk-full');
  api.refusals.clear();
  drafts.write(draft('more', { messageId: 'question' }));
  await drafts.flush();
  expect(saved().slice(1)).toEqual([draft('precious'), draft('more', { messageId: 'question' })]);
});

test('a failed save is retried after a while, and shown once', async () => {
  api.refusals.set('draft-write', { code: 'disk-full', message: 'The disk is full.', details: {} });
  drafts.write(draft('precious'));
  await vi.advanceTimersByTimeAsync(1000);
  expect(notices.current?.code).toBe('disk-full');
  expect(drafts.unsaved).toEqual([draft('precious')]);
  notices.dismiss();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(api.countOf('draft-write')).toBeGreaterThan(3);
  expect(notices.current).toBeNull();
  api.refusals.clear();
  await vi.advanceTimersByTimeAsync(2500);
  expect(drafts.unsaved).toEqual([]);
  const count = api.countOf('draft-write');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(api.countOf('draft-write')).toBe(count);
});

test('the last draft is the one changed last', () => {
  drafts.write(draft('one', { messageId: 'a' }));
  drafts.write(draft('two', { messageId: 'b' }));
  drafts.write(draft('three', { messageId: 'a' }));
  expect(drafts.in(conversationId).map(({ messageId }) => messageId)).toEqual(['b', 'a']);
  expect(drafts.waits(conversationId)).toBe(false);
});
