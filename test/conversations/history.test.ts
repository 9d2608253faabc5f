import Database from 'better-sqlite3';
import { describe, expect, it, vi } from 'vitest';
import type { Message } from '../../src-main/contract/conversation.ts';
import { defaultSettings } from '../../src-main/contract/settings.ts';
import type { History } from '../../src-main/conversations/history.ts';
import { openHistory } from '../../src-main/conversations/history.ts';
import { titleFrom } from '../../src-main/contract/title.ts';
import { sampleRun, sampleStatistics, tokenEvent } from './samples.ts';
import { newFile } from '../database/temporary-folder.ts';

const nobody = '00000000-0000-4000-8000-000000000000';
const failure = (code: string) => expect.objectContaining({ code }) as Error;

/** A question with a finished answer below `parentId`. */
function turn(history: History, conversationId: string, parentId: string | null, content = 'Why?') {
  const { question, writer } = history.startAnswerTo({ conversationId, parentId, content }, sampleRun);
  writer.add(tokenEvent(0));
  writer.finish('end-token', sampleStatistics);
  return { question, answer: writer.message };
}

describe('conversations', () => {
  it('are kept over a restart as they were made, renamed and instructed', () => {
    const file = newFile();
    const first = openHistory(file, { now: () => 1000 });
    const { id } = first.createConversation('Be brief.');
    first.renameConversation(id, 'Letters');
    first.setSystemPrompt(id, 'Be kind.\0 "quoted"');
    const before = first.openConversation(id);
    first.close();
    const second = openHistory(file);
    expect(second.openConversation(id)).toEqual(before);
    expect(before).toEqual({
      id,
      title: 'Letters',
      systemPrompt: 'Be kind.\0 "quoted"',
      createdAt: 1000,
      updatedAt: 1000,
      ...{ starred: false, archived: false, deletedAt: null },
      messages: [],
      shown: [],
    });
    second.close();
  });

  it('begin with a question and an answer from elsewhere, which is continued like any other', () => {
    const history = openHistory(newFile());
    const answerPrefix = history.beginConversation({
      systemPrompt: 'Be brief.',
      question: 'Why?',
      answer: 'So',
    });
    expect(answerPrefix).toMatchObject({ title: 'Why?', systemPrompt: 'Be brief.' });
    const [question, answer] = history.openConversation(answerPrefix.id).messages;
    expect(question).toMatchObject({ role: 'user', content: 'Why?', parentId: null });
    const written = { role: 'assistant', content: 'So', status: 'done', run: null, sourceId: null };
    expect(answer).toMatchObject({ ...written, parentId: question?.id });
    const place = { conversationId: answerPrefix.id, messageId: answer?.id ?? '' };
    expect(history.endedAnswer(place)).toEqual(answer);
    expect(() =>
      history.beginConversation({ ...answerPrefix, question: null as never, answer: 'So' }),
    ).toThrow();
    expect(history.listConversations()).toHaveLength(1);
    history.close();
  });

  it('are kept though the change of the list can not be told', () => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const history = openHistory(newFile(), {
      onConversationsChanged: () => {
        throw new Error('The window is gone.');
      },
    });
    const { id } = history.createConversation('');
    const { answer } = turn(history, id, null);
    expect(answer).toMatchObject({ status: 'done', run: { error: null } });
    expect(history.openConversation(id).messages.at(-1)).toEqual(answer);
    expect(warn).toHaveBeenCalledWith(expect.objectContaining({ message: 'The window is gone.' }));
    warn.mockRestore();
    history.close();
  });

  it('are listed last changed first, and every change of the list is told', () => {
    let time = 0;
    const told: string[][] = [];
    const history = openHistory(newFile(), {
      now: () => ++time,
      onConversationsChanged: (list) => told.push(list.map(({ id }) => id)),
    });
    const older = history.createConversation('').id;
    const newer = history.createConversation('').id;
    turn(history, older, null);
    expect(history.listConversations().map(({ id }) => id)).toEqual([older, newer]);
    expect(told).toEqual([[older], [newer, older], [older, newer], [older, newer]]);
    history.close();
  });

  it('are named by their first message, unless a person named them', () => {
    const history = openHistory(newFile());
    const { id } = history.createConversation('');
    const { answer } = turn(history, id, null, '  A letter\n to   my aunt ');
    expect(history.openConversation(id).title).toBe('A letter to my aunt');
    history.renameConversation(id, '');
    turn(history, id, answer.id, 'Shorter');
    expect(history.openConversation(id).title).toBe('');
    turn(history, id, null, 'Another beginning');
    expect(history.openConversation(id).title).toBe('Another beginning');
    turn(history, id, null, 'A third beginning');
    expect(history.openConversation(id).title).toBe('Another beginning');
    history.close();
  });

  it('are deleted with everything in them, however deep it is', () => {
    const file = newFile();
    const history = openHistory(file);
    const kept = history.createConversation('').id;
    turn(history, kept, null);
    const { id } = history.createConversation('');
    let parentId: string | null = null;
    for (let depth = 0; depth < 600; depth++) parentId = turn(history, id, parentId).answer.id;
    expect(history.pathTo(id, parentId ?? '')).toHaveLength(1200);
    history.shelf.delete(id);
    history.shelf.empty();
    history.close();
    const database = new Database(file);
    const count = (table: string) => database.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
    expect(['conversations', 'messages', 'runs', 'run_tokens'].map(count)).toEqual([1, 2, 1, 1]);
    expect(database.pragma('foreign_key_check')).toEqual([]);
    database.close();
  });

  it('that are not there are named in the refusal', () => {
    const history = openHistory(newFile());
    const refusals = [
      () => history.openConversation(nobody),
      () => history.renameConversation(nobody, 'x'),
      () => history.setSystemPrompt(nobody, 'x'),
      () => history.shelf.delete(nobody),
      () => history.shelf.restore(nobody),
      () => history.shelf.star(nobody, true),
      () => history.shelf.archive(nobody, true),
      () => history.pathTo(nobody, nobody),
      () => turn(history, nobody, null),
      () => history.startAnotherAnswer(nobody, nobody, sampleRun),
    ];
    for (const refusal of refusals) {
      expect(refusal).toThrow(failure('not-found'));
      expect(refusal).toThrow(nobody);
    }
    history.close();
  });
});

describe('the message tree', () => {
  it('keeps a question and its answer, and siblings of both', () => {
    const history = openHistory(newFile());
    const { id } = history.createConversation('');
    const first = turn(history, id, null);
    const again = history.startAnotherAnswer(id, first.question.id, sampleRun);
    again.finish('end-token', sampleStatistics);
    const second = turn(history, id, again.message.id);
    const edited = turn(history, id, again.message.id, 'Why not?');
    const { messages } = history.openConversation(id);
    expect(messages).toEqual([
      first.question,
      first.answer,
      again.message,
      second.question,
      second.answer,
      edited.question,
      edited.answer,
    ]);
    expect(history.pathTo(id, edited.answer.id)).toEqual([
      first.question,
      again.message,
      edited.question,
      edited.answer,
    ]);
    history.close();
  });

  it('refuses a parent of another conversation', () => {
    const history = openHistory(newFile());
    const here = history.createConversation('').id;
    const there = history.createConversation('').id;
    const foreign = turn(history, there, null);
    expect(() => turn(history, here, foreign.answer.id)).toThrow(failure('not-found'));
    expect(() => history.startAnotherAnswer(here, foreign.question.id, sampleRun)).toThrow(
      failure('not-found'),
    );
    expect(() => history.pathTo(here, foreign.question.id)).toThrow(failure('not-found'));
    expect(history.openConversation(here).messages).toEqual([]);
    history.close();
  });

  it('has answers below questions and questions below answers only', () => {
    const history = openHistory(newFile());
    const { id } = history.createConversation('');
    const { question, answer } = turn(history, id, null);
    expect(() => turn(history, id, question.id)).toThrow(failure('message-invalid'));
    expect(() => history.startAnotherAnswer(id, answer.id, sampleRun)).toThrow(failure('message-invalid'));
    expect(history.openConversation(id).messages).toHaveLength(2);
    history.close();
  });

  it('is guarded by the database itself', () => {
    const file = newFile();
    const history = openHistory(file);
    const here = history.createConversation('').id;
    const there = history.createConversation('').id;
    const { question } = turn(history, there, null);
    history.close();
    const database = new Database(file);
    database.pragma('foreign_keys = ON');
    const insert = database.prepare<[string, string | null, string, string]>(
      `INSERT INTO messages (id, conversation_id, parent_id, role, content, status, created_at)
       VALUES ('new', ?, ?, ?, '', ?, 0)`,
    );
    expect(() => insert.run(here, question.id, 'assistant', 'done')).toThrow('FOREIGN KEY');
    expect(() => insert.run(here, null, 'assistant', 'done')).toThrow('CHECK');
    expect(() => insert.run(here, null, 'user', 'streaming')).toThrow('CHECK');
    expect(() => insert.run(here, null, 'system', 'done')).toThrow('CHECK');
    expect(() => insert.run(there, question.id, 'assistant', 'done')).not.toThrow();
    database.close();
  });
});

describe('titleFrom', () => {
  it('cuts at a word, and where there are none at a whole character', () => {
    expect(titleFrom('word '.repeat(40))).toBe(`${'word '.repeat(15).trim()}…`);
    expect(titleFrom('字'.repeat(200))).toBe(`${'字'.repeat(79)}…`);
    expect(titleFrom('😀'.repeat(80))).toBe('😀'.repeat(80));
    expect(titleFrom('😀'.repeat(81))).toBe(`${'😀'.repeat(79)}…`);
    expect(titleFrom(' \n ')).toBe('');
  });
});

describe('settings', () => {
  it('are the defaults at first, and then what was written', () => {
    const file = newFile();
    const first = openHistory(file);
    expect(first.readSettings()).toEqual(defaultSettings);
    const strategy = {
      kind: 'sampling',
      temperature: 0.5,
      topK: 7,
      topP: 1,
      minP: 0,
      repetitionPenalty: 1.1,
    };
    const settings = {
      ...defaultSettings,
      theme: 'dark',
      language: 'zh-CN',
      strategy: { ...strategy, kind: 'sampling', seed: 4294967295 },
      maxTokens: 99,
    } as const;
    first.writeSettings(settings);
    first.writeSettings({ ...settings, maxTokens: 100 });
    first.close();
    const second = openHistory(file);
    expect(second.readSettings()).toEqual({ ...settings, maxTokens: 100 });
    second.close();
  });

  it('fall back to the default one by one where they can not be used', () => {
    const file = newFile();
    const history = openHistory(file);
    history.writeSettings({ ...defaultSettings, theme: 'dark' });
    const database = new Database(file);
    database.exec(`
      UPDATE settings SET value = '{"kind":"telepathy"}' WHERE name = 'strategy';
      INSERT INTO settings VALUES ('unknown', '1');
    `);
    database.close();
    expect(history.readSettings()).toEqual({ ...defaultSettings, theme: 'dark' });
    history.close();
  });
});

describe('an answer that was being written', () => {
  it('is marked interrupted at the next opening, and keeps its text', () => {
    const file = newFile();
    const before = openHistory(file, { writer: { saveEveryTokens: 1 } });
    const { id } = before.createConversation('');
    const done = turn(before, id, null);
    const { writer } = before.startAnswerTo(
      { conversationId: id, parentId: done.answer.id, content: 'Go on' },
      sampleRun,
    );
    writer.add(tokenEvent(0, 'Once upon '));
    writer.add(tokenEvent(1, 'a time'));
    // Not closed: as if the process had been killed here.
    const after = openHistory(file);
    const messages: readonly Message[] = after.openConversation(id).messages;
    expect(messages.map(({ status }) => status)).toEqual(['done', 'done', 'done', 'interrupted']);
    expect(messages.at(-1)).toEqual({ ...writer.message, status: 'interrupted' });
    expect(messages.at(-1)?.content).toBe('Once upon a time');
    after.close();
    before.close();
  });
});
