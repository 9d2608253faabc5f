import Database from 'better-sqlite3';
import { askedWhen } from '../../src-main/contract/chat.ts';
import { utcOffsetAt } from '../../src-main/database/utc-offset.ts';
import { describe, expect, it, vi } from 'vitest';
import type { PushEvents } from '../../src-main/contract/api.ts';
import { ForedraftError } from '../../src-main/contract/error.ts';
import type { Message } from '../../src-main/contract/conversation.ts';
import { answerWith } from '../../src-main/contract/conversation.ts';
import { sampleStatistics } from './samples.ts';
import { openProgram } from '../main/open-program.ts';
import { FakeEngine } from './fake-engine.ts';

const settings = { strategy: { kind: 'greedy' }, maxTokens: 64 } as const;
const failure = (code: string) => expect.objectContaining({ code }) as Error;

/** A conversation, and answers to its questions from an engine that the test controls. */
function recorder(systemPrompt = '', file?: string) {
  const all = openProgram(file === undefined ? {} : { file });
  const { stores, answers, changedRuns } = all;
  const conversationId = stores.conversations.create(systemPrompt).id;
  const settled = () =>
    changedRuns().flatMap((run) => {
      if (run.status === 'streaming' || run.owner.kind !== 'message') return [];
      const { conversationId: id, messageId } = run.owner;
      const answer = stores.conversations.pathTo(id, messageId).at(-1);
      return answer ? [answerWith(answer, run)] : [];
    });
  const ask = (content: string, parentId: string | null = null) =>
    answers.send({ conversationId, parentId, content, ...settings });
  return { ...all, conversationId, settled, ask };
}
type Recorder = ReturnType<typeof recorder>;

/** The last answer that settled, once `count` have. */
async function settledAnswer({ settled }: Recorder, count = 1): Promise<Message> {
  await vi.waitFor(() => expect(settled()).toHaveLength(count));
  const last = settled().at(-1);
  if (!last) throw new Error('nothing settled');
  return last;
}

const stored = ({ stores, conversationId }: Recorder) => stores.conversations.open(conversationId).messages;

describe('an answer', () => {
  it('fails with the reason if its prompt can’t be read, and releases the engine', async () => {
    const all = recorder();
    vi.spyOn(all.stores.conversations, 'pathTo').mockImplementationOnce(() => {
      throw new ForedraftError('database-failed', 'The disk failed.');
    });
    all.ask('Why?');
    const failed = await settledAnswer(all);
    expect(failed).toMatchObject({ status: 'failed', run: { error: { code: 'database-failed' } } });
    expect([all.lock.busy, all.engine.requests]).toEqual([false, []]);
    expect(() => all.ask('Why not?')).not.toThrow();
  });

  it('is saved, forwarded batch by batch, and pushed at its end as saved', async () => {
    const all = recorder();
    const { question, answer } = all.ask('Why?');
    expect(stored(all)).toEqual([question, answer]);
    expect(answer).toMatchObject({
      parentId: question.id,
      status: 'streaming',
      content: '',
      run: { modelId: 'fake-model', provider: 'cpu', strategy: { kind: 'greedy' }, endReason: null },
    });
    expect(answer.run?.adapter).toBeNull();
    expect(answer.run?.kernels).toEqual({ kind: 'operators', instructionSet: 'avx512' });
    all.engine.write('Be', 'cause ');
    all.engine.write('it is.');
    all.engine.end();
    const message = await settledAnswer(all);
    expect(message).toMatchObject({ content: 'Because it is.', status: 'done' });
    expect(message.run).toMatchObject({ endReason: 'end-token', statistics: sampleStatistics, error: null });
    expect(stored(all)).toEqual([question, message]);
    expect(all.pushed.map(({ name }) => name)).toEqual([
      'run-changed',
      ...['run-events', 'run-events', 'run-events'],
      'run-changed',
    ]);
    const events = all.pushed.filter(({ name }) => name === 'run-events');
    expect(events.map(({ payload }) => (payload as PushEvents['run-events']).events.length)).toEqual([
      2, 1, 1,
    ]);
    expect(all.stores.runs.tokens(message.run?.id ?? '').map(({ text }) => text)).toEqual([
      'Be',
      'cause ',
      'it is.',
    ]);
  });

  it('is requested with the system prompt and the path of the tree, without siblings', async () => {
    const all = recorder('Be brief.');
    const first = all.ask('First');
    all.engine.write('One');
    all.engine.end();
    await settledAnswer(all);
    const { answer } = all.answers.regenerate({
      conversationId: all.conversationId,
      parentId: first.question.id,
      ...settings,
    });
    all.engine.write('Another');
    all.engine.end();
    await settledAnswer(all, 2);
    all.ask('Second', answer.id);
    const firstTime = askedWhen(first.question);
    expect(firstTime.utcOffset).toBe(utcOffsetAt(first.question.createdAt));
    expect(all.engine.requests.map(({ prompt }) => prompt)).toEqual([
      {
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'First' },
        ],
        ...firstTime,
      },
      {
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'First' },
        ],
        ...firstTime,
      },
      {
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'First' },
          { role: 'assistant', content: 'Another' },
          { role: 'user', content: 'Second' },
        ],
        askedAt: expect.any(Number) as number,
        utcOffset: expect.any(Number) as number,
      },
    ]);
    expect(all.engine.requests[0]).toMatchObject({ ...settings, stopTexts: [], alternatives: 0 });
  });

  it('has no system message if the system prompt is blank', () => {
    const all = recorder(' \n ');
    all.ask('Why?');
    expect(all.engine.requests[0]?.prompt).toEqual({
      messages: [{ role: 'user', content: 'Why?' }],
      askedAt: expect.any(Number) as number,
      utcOffset: expect.any(Number) as number,
    });
  });

  it('can be stopped; stopping another one has no effect', async () => {
    const all = recorder();
    const { question, answer } = all.ask('Why?');
    all.engine.write('Because');
    all.answers.stop(question.id);
    await vi.waitFor(() => expect(all.answers.running()[0]?.content).toBe('Because'));
    all.answers.stop(answer.id);
    expect(await settledAnswer(all)).toMatchObject({
      content: 'Because',
      status: 'stopped',
      run: { endReason: 'stopped' },
    });
    expect(() => all.answers.stop(answer.id)).not.toThrow();
  });

  it('keeps its text and reports why the engine failed', async () => {
    const all = recorder();
    all.ask('Why?');
    all.engine.write('Because');
    const error = new ForedraftError('engine-crashed', 'The engine stopped.', { cause: 'test' });
    all.engine.fail(error);
    const message = await settledAnswer(all);
    expect(message).toMatchObject({ content: 'Because', status: 'failed' });
    expect(message.run?.error).toEqual({
      code: 'engine-crashed',
      message: 'The engine stopped.',
      details: { cause: 'test' },
    });
    expect(stored(all).at(-1)).toEqual(message);
    expect(() => all.ask('Again', message.id)).not.toThrow();
  });

  it('is rejected and leaves no trace: empty, while another one runs, without a model, without a parent', () => {
    const all = recorder();
    expect(() => all.ask(' \n\t ')).toThrow(failure('prompt-empty'));
    expect(() => all.ask('Why?', all.conversationId)).toThrow(failure('not-found'));
    all.engine.status = { state: 'loading', modelId: 'fake-model' };
    expect(() => all.ask('Why?')).toThrow(failure('engine-unavailable'));
    expect(stored(all)).toEqual([]);
    all.engine.status = new FakeEngine().status;
    const { question } = all.ask('Why?');
    expect(() => all.ask('And?')).toThrow(failure('engine-busy'));
    const again = { conversationId: all.conversationId, parentId: question.id, ...settings };
    expect(() => all.answers.regenerate(again)).toThrow(failure('engine-busy'));
    expect(stored(all)).toHaveLength(2);
  });
});

describe('a window that was reloaded', () => {
  it('receives the text so far, including what is not saved yet', async () => {
    const all = recorder();
    const other = new Database(all.file);
    const { answer } = all.ask('Why?');
    other.exec('BEGIN IMMEDIATE');
    all.engine.write('Because ', 'it');
    await vi.waitFor(() => expect(all.answers.running()[0]?.content).toBe('Because it'));
    expect(all.answers.running().map(({ id }) => id)).toEqual([answer.id]);
    expect(all.answers.openConversation(all.conversationId).messages.at(-1)?.content).toBe('Because it');
    expect(stored(all).at(-1)?.content).toBe('');
    other.exec('ROLLBACK');
    other.close();
    all.engine.end();
    await settledAnswer(all);
    expect(all.answers.running()).toEqual([]);
  });
});

describe('an answer that can’t be saved', () => {
  it('settles as failed with the error, stays readable, and settles again once it is saved', async () => {
    const all = recorder();
    const other = new Database(all.file);
    all.ask('Why?');
    other.exec('BEGIN IMMEDIATE');
    all.engine.write('Because');
    all.engine.end();
    const unsaved = await settledAnswer(all);
    expect(unsaved).toMatchObject({ content: 'Because', status: 'failed' });
    expect(unsaved.run?.error).toMatchObject({
      code: 'database-failed',
      message: expect.stringContaining('locked'),
    });
    expect(all.answers.openConversation(all.conversationId).messages.at(-1)).toEqual(unsaved);
    expect(() => all.ask('And?', unsaved.id)).toThrow(failure('database-failed'));
    other.exec('ROLLBACK');
    other.close();
    const saved = await settledAnswer(all, 2);
    expect(saved).toMatchObject({ content: 'Because', status: 'done', run: { error: null } });
    expect(stored(all).at(-1)).toEqual(saved);
  });
});

describe('deleting a conversation', () => {
  it('stops its answer first, and leaves the engine free', async () => {
    const all = recorder();
    const { answer } = all.ask('Why?');
    await all.answers.deleteConversation(all.conversationId);
    expect((await settledAnswer(all)).id).toBe(answer.id);
    expect(all.stores.conversations.list()[0]?.deletedAt).not.toBeNull();
    const conversationId = all.stores.conversations.create('').id;
    const next = { conversationId, parentId: null, content: 'Why?', ...settings };
    expect(() => all.answers.send(next)).not.toThrow();
  });

  it('does not affect an answer of another one', async () => {
    const all = recorder();
    const other = all.stores.conversations.create('').id;
    all.ask('Why?');
    await all.answers.deleteConversation(other);
    expect(all.answers.running()).toHaveLength(1);
  });
});

describe('a quit that the user may take back', () => {
  it('saves a running answer without ending it', async () => {
    const all = recorder();
    const { answer } = all.ask('Why?');
    all.engine.write('Because');
    await vi.waitFor(() => expect(all.answers.running()[0]?.content).toBe('Because'));
    all.runner.save();
    expect(stored(all).at(-1)).toMatchObject({ id: answer.id, content: 'Because', status: 'streaming' });
    all.engine.write(' of tea');
    all.engine.end('end-token');
    expect(await settledAnswer(all)).toMatchObject({ content: 'Because of tea', status: 'done' });
  });

  it('keeps what can’t be saved, and saves it once it can', async () => {
    const all = recorder();
    const other = new Database(all.file);
    all.ask('Why?');
    all.engine.write('Because');
    await vi.waitFor(() => expect(all.answers.running()[0]?.content).toBe('Because'));
    other.exec('BEGIN IMMEDIATE');
    all.engine.write(' of tea');
    await vi.waitFor(() => expect(all.answers.running()[0]?.content).toBe('Because of tea'));
    for (const save of [() => all.runner.save(), () => all.runner.interrupt(), () => all.runner.interrupt()])
      expect(save).toThrow(failure('database-failed'));
    expect(all.runner.unsavedRuns).toMatchObject([{ text: 'Because of tea' }]);
    expect(all.stores.database.failing).toBe(true);
    other.exec('ROLLBACK');
    other.close();
    await vi.waitFor(() => expect(all.runner.unsavedRuns).toEqual([]));
    expect(all.stores.database.failing).toBe(false);
    expect(stored(all).at(-1)).toMatchObject({ content: 'Because of tea', status: 'interrupted' });
    // The program stayed open: it answers again.
    all.engine.onRequest = () => all.engine.end('end-token');
    all.ask('And now?');
    await vi.waitFor(() => expect(all.settled().at(-1)?.status).toBe('done'));
  });
});

describe('closing', () => {
  it('saves a running answer as interrupted, whatever the engine sends later', async () => {
    const all = recorder();
    all.engine.onAbort = () => {
      all.engine.write(' and more');
      all.engine.fail(new ForedraftError('run-interrupted', 'The engine was ended.'));
    };
    const { answer } = all.ask('Why?');
    all.engine.write('Because');
    await vi.waitFor(() => expect(all.answers.running()[0]?.content).toBe('Because'));
    all.runner.close();
    await new Promise((resolve) => setImmediate(resolve));
    expect(stored(all).at(-1)).toMatchObject({ id: answer.id, content: 'Because', status: 'interrupted' });
    expect(all.settled()).toEqual([]);
  });

  it('reports text that can’t be saved', async () => {
    const all = recorder();
    const other = new Database(all.file);
    all.ask('Why?');
    other.exec('BEGIN IMMEDIATE');
    all.engine.write('Because');
    await vi.waitFor(() => expect(all.answers.running()[0]?.content).toBe('Because'));
    expect(() => all.runner.close()).toThrow(failure('database-failed'));
    other.exec('ROLLBACK');
    other.close();
  });
});
