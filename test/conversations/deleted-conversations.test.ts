import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { deletedKeptDays } from '../../src-main/contract/conversation.ts';
import type { RecordingStores } from '../runs/recording-stores.ts';
import { openRecording } from '../runs/recording-stores.ts';
import { sampleRun, sampleStatistics, tokenEvent } from './samples.ts';
import { newFile } from '../database/temporary-folder.ts';

const day = 24 * 60 * 60 * 1000;
const failure = (code: string) => expect.objectContaining({ code }) as Error;

/** Stores with one conversation and a clock that the test sets. */
function shelf(file = newFile(), time = 1000) {
  const clock = { time };
  const stores = openRecording(file, { now: () => clock.time });
  onTestFinished(() => stores.close());
  const ids = () => stores.conversations.list().map(({ id }) => id);
  return { file, clock, stores, ids };
}

function answered(stores: RecordingStores): string {
  const { id } = stores.conversations.create('');
  const { recorder } = stores.ask({ conversationId: id, parentId: null, content: 'Why?' }, sampleRun);
  recorder.add(tokenEvent(0));
  recorder.finish('end-token', sampleStatistics);
  return id;
}

describe('stars and the archive', () => {
  it('survive a restart and do not change the order of the list', () => {
    const { file, clock, stores } = shelf();
    const older = answered(stores);
    clock.time += 1;
    const newer = answered(stores);
    stores.conversations.star(older, true);
    stores.conversations.archive(older, true);
    const again = shelf(file).stores;
    expect(again.conversations.list()).toMatchObject([
      { id: newer, starred: false, archived: false },
      { id: older, starred: true, archived: true },
    ]);
    again.conversations.star(older, false);
    again.conversations.archive(older, false);
    expect(again.conversations.open(older)).toMatchObject({ starred: false, archived: false });
  });
});

describe('a deleted conversation', () => {
  it('rejects changes, and is restored with everything in it', () => {
    const { stores, clock } = shelf();
    const id = answered(stores);
    const draft = { conversationId: id, messageId: null, text: 'Half a', branch: null };
    stores.drafts.write(draft);
    const before = stores.conversations.open(id);
    clock.time = 5000;
    stores.conversations.delete(id);
    expect(stores.conversations.list()).toMatchObject([{ id, deletedAt: 5000 }]);
    for (const refused of [
      () => stores.conversations.open(id),
      () => stores.conversations.rename(id, 'x'),
      () => stores.conversations.delete(id),
      () => stores.drafts.write(draft),
      () => stores.ask({ conversationId: id, parentId: null, content: 'Why?' }, sampleRun),
    ]) {
      expect(refused).toThrow(failure('not-found'));
      expect(refused).toThrow('was deleted: restore it first');
    }
    stores.conversations.restore(id);
    stores.conversations.restore(id);
    expect(stores.conversations.open(id)).toEqual(before);
    expect(stores.drafts.list()).toEqual([draft]);
  });

  it('is removed at the first start after 30 days of use, and not before', () => {
    const { file, clock, stores } = shelf();
    const id = answered(stores);
    const kept = answered(stores);
    stores.conversations.delete(id);
    clock.time += 2 * deletedKeptDays * day;
    expect(stores.conversations.list()).toHaveLength(2);
    for (let days = 1; days < deletedKeptDays; days += 1)
      expect(shelf(file, 1000 + days * day).ids()).toHaveLength(2);
    expect(shelf(file, 1000 + deletedKeptDays * day).ids()).toEqual([kept]);
  });

  it.each([
    ['forty days ahead once', [40]],
    ['forty days ahead, and back', [40, 0, 1]],
    ['ten years ahead', [3650, 3651]],
    ['a year back', [-365, -364]],
    ['back before 1970', [-20_000]],
    ['to and fro', [40, -40, 80, -80, 5, 1]],
  ])('is still there after the clock was set %s', (_case, days) => {
    const { file, stores } = shelf();
    const id = answered(stores);
    stores.conversations.delete(id);
    for (const at of days) expect(shelf(file, 1000 + at * day).ids()).toEqual([id]);
  });

  it('ages by at most one day of use a day, however often the program is started', () => {
    const { file, stores } = shelf();
    const id = answered(stores);
    stores.conversations.delete(id);
    for (let start = 0; start < 2 * deletedKeptDays; start += 1) expect(shelf(file).ids()).toEqual([id]);
  });

  it('is removed with everything in it when the deleted ones are emptied', () => {
    const { file, stores, ids } = shelf();
    const kept = answered(stores);
    const id = answered(stores);
    stores.drafts.write({ conversationId: id, messageId: null, text: 'Half a', branch: null });
    stores.conversations.delete(id);
    stores.conversations.empty();
    expect(ids()).toEqual([kept]);
    expect(() => stores.conversations.restore(id)).toThrow(failure('not-found'));
    const database = new Database(file, { readonly: true });
    const count = (table: string) => database.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
    expect(['conversations', 'messages', 'runs', 'run_tokens', 'drafts'].map(count)).toEqual([1, 2, 1, 1, 0]);
    database.close();
  });
});
