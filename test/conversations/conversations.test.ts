import Database from 'better-sqlite3';
import { describe, expect, it, vi } from 'vitest';
import type { Message } from '../../src-main/contract/conversation.ts';
import { defaultAnswerSettings } from '../../src-main/contract/answer-settings.ts';
import { defaultSettings } from '../../src-main/contract/settings.ts';
import type { RecordingStores } from '../runs/recording-stores.ts';
import { openRecording } from '../runs/recording-stores.ts';
import { titleFrom } from '../../src-main/contract/title.ts';
import { sampleRun, sampleStatistics, tokenEvent } from './samples.ts';
import { newFile } from '../database/temporary-folder.ts';

const unknownId = '00000000-0000-4000-8000-000000000000';
const failure = (code: string) => expect.objectContaining({ code }) as Error;

/** A question with a finished answer below `parentId`. */
function turn(stores: RecordingStores, conversationId: string, parentId: string | null, content = 'Why?') {
  const asked = stores.ask({ conversationId, parentId, content }, sampleRun);
  asked.recorder.add(tokenEvent(0));
  asked.recorder.finish('end-token', sampleStatistics);
  return { question: asked.question, answer: asked.message };
}

describe('conversations', () => {
  it('survive a restart with their names and system prompts', () => {
    const file = newFile();
    const first = openRecording(file, { now: () => 1000 });
    const { id } = first.conversations.create('Be brief.');
    first.conversations.rename(id, 'Letters');
    first.conversations.setSystemPrompt(id, 'Be kind.\0 "quoted"');
    const before = first.conversations.open(id);
    first.close();
    const second = openRecording(file);
    expect(second.conversations.open(id)).toEqual(before);
    expect(before).toEqual({
      id,
      title: 'Letters',
      systemPrompt: 'Be kind.\0 "quoted"',
      createdAt: 1000,
      updatedAt: 1000,
      ...{ starred: false, archived: false, deletedAt: null },
      settings: defaultAnswerSettings,
      messages: [],
      shown: [],
    });
    second.close();
  });

  it('start with a question and an answer from elsewhere, which can be continued', () => {
    const stores = openRecording(newFile());
    const answerPrefix = stores.conversations.import({
      systemPrompt: 'Be brief.',
      question: 'Why?',
      answer: 'So',
    });
    expect(answerPrefix).toMatchObject({ title: 'Why?', systemPrompt: 'Be brief.' });
    const [question, answer] = stores.conversations.open(answerPrefix.id).messages;
    expect(question).toMatchObject({ role: 'user', content: 'Why?', parentId: null });
    const written = { role: 'assistant', content: 'So', status: 'done', run: null, sourceId: null };
    expect(answer).toMatchObject({ ...written, parentId: question?.id });
    const place = { conversationId: answerPrefix.id, messageId: answer?.id ?? '' };
    expect(stores.conversations.endedAnswer(place)).toEqual(answer);
    expect(() =>
      stores.conversations.import({ ...answerPrefix, question: null as never, answer: 'So' }),
    ).toThrow();
    expect(stores.conversations.list()).toHaveLength(1);
    const long = stores.conversations.import({
      systemPrompt: '',
      earlier: [
        { role: 'user', content: 'Who?' },
        { role: 'assistant', content: 'I' },
      ],
      question: 'Why?',
      answer: 'So',
    });
    const { messages } = stores.conversations.open(long.id);
    expect(messages.map(({ role, content }) => [role, content])).toEqual([
      ['user', 'Who?'],
      ['assistant', 'I'],
      ['user', 'Why?'],
      ['assistant', 'So'],
    ]);
    expect(messages.map(({ parentId }) => parentId)).toEqual([
      null,
      ...messages.slice(0, 3).map(({ id }) => id),
    ]);
    stores.close();
  });

  it('are saved even if the changed list can’t be emitted', () => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const stores = openRecording(newFile(), {
      onConversationsChanged: () => {
        throw new Error('The window is gone.');
      },
    });
    const { id } = stores.conversations.create('');
    const { answer } = turn(stores, id, null);
    expect(answer).toMatchObject({ status: 'done', run: { error: null } });
    expect(stores.conversations.open(id).messages.at(-1)).toEqual(answer);
    expect(warn).toHaveBeenCalledWith(expect.objectContaining({ message: 'The window is gone.' }));
    warn.mockRestore();
    stores.close();
  });

  it('are listed last changed first, and every change of the list is reported', () => {
    let time = 0;
    const emitted: string[][] = [];
    const stores = openRecording(newFile(), {
      now: () => ++time,
      onConversationsChanged: (list) => emitted.push(list.map(({ id }) => id)),
    });
    const older = stores.conversations.create('').id;
    const newer = stores.conversations.create('').id;
    turn(stores, older, null);
    expect(stores.conversations.list().map(({ id }) => id)).toEqual([older, newer]);
    expect(emitted).toEqual([[older], [newer, older], [older, newer], [older, newer]]);
    stores.close();
  });

  it('are named after their first message unless the user named them', () => {
    const stores = openRecording(newFile());
    const { id } = stores.conversations.create('');
    const { answer } = turn(stores, id, null, '  A letter\n to   my aunt ');
    expect(stores.conversations.open(id).title).toBe('A letter to my aunt');
    stores.conversations.rename(id, '');
    turn(stores, id, answer.id, 'Shorter');
    expect(stores.conversations.open(id).title).toBe('');
    turn(stores, id, null, 'Another beginning');
    expect(stores.conversations.open(id).title).toBe('Another beginning');
    turn(stores, id, null, 'A third beginning');
    expect(stores.conversations.open(id).title).toBe('Another beginning');
    stores.close();
  });

  it('are deleted with everything in them, at any depth', () => {
    const file = newFile();
    const stores = openRecording(file);
    const kept = stores.conversations.create('').id;
    turn(stores, kept, null);
    const { id } = stores.conversations.create('');
    let parentId: string | null = null;
    for (let depth = 0; depth < 600; depth++) parentId = turn(stores, id, parentId).answer.id;
    expect(stores.conversations.pathTo(id, parentId ?? '')).toHaveLength(1200);
    stores.conversations.delete(id);
    stores.conversations.empty();
    stores.close();
    const database = new Database(file);
    const count = (table: string) => database.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
    expect(['conversations', 'messages', 'runs', 'run_tokens'].map(count)).toEqual([1, 2, 1, 1]);
    expect(database.pragma('foreign_key_check')).toEqual([]);
    database.close();
  });

  it('that do not exist are named in the error', () => {
    const stores = openRecording(newFile());
    const refusals = [
      () => stores.conversations.open(unknownId),
      () => stores.conversations.rename(unknownId, 'x'),
      () => stores.conversations.setSystemPrompt(unknownId, 'x'),
      () => stores.conversations.delete(unknownId),
      () => stores.conversations.restore(unknownId),
      () => stores.conversations.star(unknownId, true),
      () => stores.conversations.archive(unknownId, true),
      () => stores.conversations.pathTo(unknownId, unknownId),
      () => turn(stores, unknownId, null),
      () => stores.answerAgain(unknownId, unknownId, sampleRun),
    ];
    for (const refusal of refusals) {
      expect(refusal).toThrow(failure('not-found'));
      expect(refusal).toThrow(unknownId);
    }
    stores.close();
  });
});

describe('the message tree', () => {
  it('stores a question and its answer, and siblings of both', () => {
    const stores = openRecording(newFile());
    const { id } = stores.conversations.create('');
    const first = turn(stores, id, null);
    const again = stores.answerAgain(id, first.question.id, sampleRun);
    again.recorder.finish('end-token', sampleStatistics);
    const second = turn(stores, id, again.message.id);
    const edited = turn(stores, id, again.message.id, 'Why not?');
    const { messages } = stores.conversations.open(id);
    expect(messages).toEqual([
      first.question,
      first.answer,
      again.message,
      second.question,
      second.answer,
      edited.question,
      edited.answer,
    ]);
    expect(stores.conversations.pathTo(id, edited.answer.id)).toEqual([
      first.question,
      again.message,
      edited.question,
      edited.answer,
    ]);
    stores.close();
  });

  it('rejects a parent from another conversation', () => {
    const stores = openRecording(newFile());
    const here = stores.conversations.create('').id;
    const there = stores.conversations.create('').id;
    const foreign = turn(stores, there, null);
    expect(() => turn(stores, here, foreign.answer.id)).toThrow(failure('not-found'));
    expect(() => stores.answerAgain(here, foreign.question.id, sampleRun)).toThrow(failure('not-found'));
    expect(() => stores.conversations.pathTo(here, foreign.question.id)).toThrow(failure('not-found'));
    expect(stores.conversations.open(here).messages).toEqual([]);
    stores.close();
  });

  it('allows only answers below questions and questions below answers', () => {
    const stores = openRecording(newFile());
    const { id } = stores.conversations.create('');
    const { question, answer } = turn(stores, id, null);
    expect(() => turn(stores, id, question.id)).toThrow(failure('message-invalid'));
    expect(() => stores.answerAgain(id, answer.id, sampleRun)).toThrow(failure('message-invalid'));
    expect(stores.conversations.open(id).messages).toHaveLength(2);
    stores.close();
  });

  it('is enforced by the database itself', () => {
    const file = newFile();
    const stores = openRecording(file);
    const here = stores.conversations.create('').id;
    const there = stores.conversations.create('').id;
    const { question } = turn(stores, there, null);
    stores.close();
    const database = new Database(file);
    database.pragma('foreign_keys = ON');
    const insert = database.prepare<[string, string | null, string, string | null]>(
      `INSERT INTO messages (id, conversation_id, parent_id, role, content, created_at)
       VALUES ('new', ?, ?, ?, ?, 0)`,
    );
    expect(() => insert.run(here, question.id, 'assistant', '')).toThrow('FOREIGN KEY');
    expect(() => insert.run(here, null, 'assistant', '')).toThrow('CHECK');
    expect(() => insert.run(here, null, 'user', null)).toThrow('CHECK');
    expect(() => insert.run(here, null, 'system', '')).toThrow('CHECK');
    expect(() => insert.run(there, question.id, 'assistant', '')).not.toThrow();
    database.close();
  });
});

describe('titleFrom', () => {
  it('cuts at a word boundary, or else at a character boundary', () => {
    expect(titleFrom('word '.repeat(40))).toBe(`${'word '.repeat(15).trim()}…`);
    expect(titleFrom('字'.repeat(200))).toBe(`${'字'.repeat(79)}…`);
    expect(titleFrom('😀'.repeat(80))).toBe('😀'.repeat(80));
    expect(titleFrom('😀'.repeat(81))).toBe(`${'😀'.repeat(79)}…`);
    expect(titleFrom(' \n ')).toBe('');
  });
});

describe('settings', () => {
  it('are the defaults until they are set', () => {
    const file = newFile();
    const first = openRecording(file);
    expect(first.settings.read()).toEqual(defaultSettings);
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
    first.settings.write(settings);
    first.settings.write({ ...settings, maxTokens: 100 });
    first.close();
    const second = openRecording(file);
    expect(second.settings.read()).toEqual({ ...settings, maxTokens: 100 });
    second.close();
  });

  it('fall back to their defaults one by one if they are invalid', () => {
    const file = newFile();
    const stores = openRecording(file);
    stores.settings.write({ ...defaultSettings, theme: 'dark' });
    const database = new Database(file);
    database.exec(`
      UPDATE settings SET value = '{"kind":"telepathy"}' WHERE name = 'strategy';
      INSERT INTO settings VALUES ('unknown', '1');
    `);
    database.close();
    expect(stores.settings.read()).toEqual({ ...defaultSettings, theme: 'dark' });
    stores.close();
  });
});

describe('an answer that was being written', () => {
  it('is marked as interrupted at the next start, with its text', () => {
    const file = newFile();
    const before = openRecording(file, { recorder: { saveEveryTokens: 1 } });
    const { id } = before.conversations.create('');
    const done = turn(before, id, null);
    const asked = before.ask(
      { conversationId: id, parentId: done.answer.id, content: 'Continue' },
      sampleRun,
    );
    asked.recorder.add(tokenEvent(0, 'Once upon '));
    asked.recorder.add(tokenEvent(1, 'a time'));
    // Not closed: as if the process had been killed here.
    const after = openRecording(file);
    const messages: readonly Message[] = after.conversations.open(id).messages;
    expect(messages.map(({ status }) => status)).toEqual(['done', 'done', 'done', 'interrupted']);
    expect(messages.at(-1)).toEqual({ ...asked.message, status: 'interrupted' });
    expect(messages.at(-1)?.content).toBe('Once upon a time');
    after.close();
    before.close();
  });
});
