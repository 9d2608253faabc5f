import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { deletedKeptMs } from '../../src-main/contract/conversation.ts';
import type { History } from '../../src-main/conversations/history.ts';
import { openHistory } from '../../src-main/conversations/history.ts';
import { sampleRun, sampleStatistics, tokenEvent } from './samples.ts';
import { newFile } from '../database/temporary-folder.ts';

const failure = (code: string) => expect.objectContaining({ code }) as Error;

/** A history with a conversation in it whose clock the test sets. */
function shelf(file = newFile(), time = 1000) {
  const clock = { time };
  const history = openHistory(file, { now: () => clock.time });
  onTestFinished(() => history.close());
  const ids = () => history.listConversations().map(({ id }) => id);
  return { file, clock, history, ids };
}

function answered(history: History): string {
  const { id } = history.createConversation('');
  const { writer } = history.startAnswerTo(
    { conversationId: id, parentId: null, content: 'Why?' },
    sampleRun,
  );
  writer.add(tokenEvent(0));
  writer.finish('end-token', sampleStatistics);
  return id;
}

describe('stars and the archive', () => {
  it('are kept over a restart, and leave the order of the list as it is', () => {
    const { file, clock, history } = shelf();
    const older = answered(history);
    clock.time += 1;
    const newer = answered(history);
    history.shelf.star(older, true);
    history.shelf.archive(older, true);
    const again = shelf(file).history;
    expect(again.listConversations()).toMatchObject([
      { id: newer, starred: false, archived: false },
      { id: older, starred: true, archived: true },
    ]);
    again.shelf.star(older, false);
    again.shelf.archive(older, false);
    expect(again.openConversation(older)).toMatchObject({ starred: false, archived: false });
  });
});

describe('a deleted conversation', () => {
  it('takes nothing more, and comes back with everything in it', () => {
    const { history, clock } = shelf();
    const id = answered(history);
    const draft = { conversationId: id, messageId: null, text: 'Half a', branch: null };
    history.writeDraft(draft);
    const before = history.openConversation(id);
    clock.time = 5000;
    history.shelf.delete(id);
    expect(history.listConversations()).toMatchObject([{ id, deletedAt: 5000 }]);
    for (const refused of [
      () => history.openConversation(id),
      () => history.renameConversation(id, 'x'),
      () => history.shelf.delete(id),
      () => history.writeDraft(draft),
      () => history.startAnswerTo({ conversationId: id, parentId: null, content: 'Why?' }, sampleRun),
    ]) {
      expect(refused).toThrow(failure('not-found'));
      expect(refused).toThrow('was deleted: bring it back first');
    }
    history.shelf.restore(id);
    history.shelf.restore(id);
    expect(history.openConversation(id)).toEqual(before);
    expect(history.listDrafts()).toEqual([draft]);
  });

  it('is removed at the start that comes 30 days later, and not before', () => {
    const { file, clock, history } = shelf();
    const id = answered(history);
    const kept = answered(history);
    history.shelf.delete(id);
    clock.time += 2 * deletedKeptMs;
    expect(history.listConversations()).toHaveLength(2);
    expect(shelf(file, 999 + deletedKeptMs).ids()).toHaveLength(2);
    expect(shelf(file, 1000 + deletedKeptMs).ids()).toEqual([kept]);
  });

  it('is removed with all that is in it when a person empties the deleted ones', () => {
    const { file, history, ids } = shelf();
    const kept = answered(history);
    const id = answered(history);
    history.writeDraft({ conversationId: id, messageId: null, text: 'Half a', branch: null });
    history.shelf.delete(id);
    history.shelf.empty();
    expect(ids()).toEqual([kept]);
    expect(() => history.shelf.restore(id)).toThrow(failure('not-found'));
    const database = new Database(file, { readonly: true });
    const count = (table: string) => database.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
    expect(['conversations', 'messages', 'runs', 'run_tokens', 'drafts'].map(count)).toEqual([1, 2, 1, 1, 0]);
    database.close();
  });
});
