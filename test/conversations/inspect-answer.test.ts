import { expect, onTestFinished, test, vi } from 'vitest';
import { askedWhen } from '../../src-main/contract/chat.ts';
import { inspectAnswer } from '../../src-main/conversations/inspect-answer.ts';
import { EngineLock, readyModel } from '../../src-main/runs/engine-lock.ts';
import type { NewRun } from '../../src-main/conversations/message-tree.ts';
import { openRecording } from '../runs/recording-stores.ts';
import { newFile } from '../database/temporary-folder.ts';
import { readyStatus } from './fake-engine.ts';

const written: NewRun = {
  modelId: readyModel(readyStatus).id,
  provider: 'cpu',
  adapter: null,
  kernels: { kind: 'operators', instructionSet: 'avx512' },
  strategy: { kind: 'greedy' },
};

/** A stored answer of two tokens, and the inspection of it. */
function kept(run: NewRun = written) {
  const stores = openRecording(newFile());
  onTestFinished(() => stores.close());
  const { id: conversationId } = stores.conversations.create('Be brief.');
  const asked = stores.ask({ conversationId, parentId: null, content: 'Why?' }, run);
  for (const [position, id] of [7, 9].entries()) {
    const numbers = { logProbability: -1, policyLogProbability: 0 };
    asked.recorder.add({ type: 'token', position, id, text: 'x', ...numbers });
  }
  asked.recorder.fail({ code: 'engine-crashed', message: 'It crashed.', details: {} });
  const lock = new EngineLock();
  const engine = { status: readyStatus, call: vi.fn().mockResolvedValue([]) };
  const part = { conversationId, messageId: asked.message.id, first: 0, count: 2 };
  const question = stores.conversations.pathTo(conversationId, asked.message.id).at(-2);
  const time = question && askedWhen(question);
  return { part, time, lock, engine, look: () => inspectAnswer(stores.conversations, engine, lock, part) };
}

test('sends the prompt of the answer and its recorded tokens', async () => {
  const { look, engine, time } = kept();
  await look();
  expect([time?.askedAt, time?.utcOffset].map((value) => typeof value)).toEqual(['number', 'number']);
  expect(engine.call).toHaveBeenCalledExactlyOnceWith('inspect', {
    prompt: {
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Why?' },
      ],
      ...time,
    },
    strategy: { kind: 'greedy' },
    tokens: [7, 9],
    first: 0,
    count: 2,
    withPolicy: true,
    alternatives: 10,
  });
});

test('is rejected while the engine is busy, and releases the lock afterwards', async () => {
  const { look, lock, engine } = kept();
  const release = lock.acquire('writing an answer');
  await expect(look()).rejects.toMatchObject({ code: 'engine-busy' });
  release();
  engine.call.mockRejectedValueOnce(new Error('lost'));
  await expect(look()).rejects.toThrow('lost');
  await expect(look()).resolves.toEqual([]);
});

test('a model other than the one that wrote the answer is rejected by name', async () => {
  const { look, engine } = kept({ ...written, modelId: 'another' });
  await expect(look()).rejects.toThrow('This text was written by another and ');
  expect(engine.call).not.toHaveBeenCalled();
});
