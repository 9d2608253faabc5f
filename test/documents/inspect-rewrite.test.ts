import { expect, test, vi } from 'vitest';
import type { InspectionRequest } from '../../src-main/contract/inspection.ts';
import { parseStrategy } from '../../src-main/contract/strategy.ts';
import { inspectRewrite } from '../../src-main/documents/inspect-rewrite.ts';
import { EngineLock, readyModel } from '../../src-main/runs/engine-lock.ts';
import { readyStatus } from '../conversations/fake-engine.ts';

const strategy = parseStrategy({ kind: 'greedy' });
const passage = {
  instruction: 'Fix it:',
  mode: 'replace',
  selection: 'teh cup',
  before: '',
  after: '',
} as const;
const part = { strategy, tokens: [7, 9], first: 0, count: 2, withPolicy: true };
const argument = {
  ...part,
  passage,
  time: { askedAt: 5, utcOffset: 60 },
  modelId: readyModel(readyStatus).id,
  adapter: null,
};

function inspector() {
  const engine = { status: readyStatus, call: vi.fn().mockResolvedValue([]) };
  const lock = new EngineLock();
  return { engine, lock, inspect: (over = {}) => inspectRewrite(engine, lock, { ...argument, ...over }) };
}

test('inspects the tokens after the prompt of the rewrite', async () => {
  const { engine, inspect } = inspector();
  await inspect();
  expect(engine.call).toHaveBeenCalledExactlyOnceWith('inspect', {
    ...part,
    prompt: { messages: [{ role: 'user', content: 'Fix it:\n\nteh cup' }], askedAt: 5, utcOffset: 60 },
    alternatives: 10,
  });
});

test('inspects with the adapter that the text was written with, and with no other', async () => {
  const { engine, inspect } = inspector();
  await expect(inspect({ adapter: 'editor' })).rejects.toMatchObject({
    code: 'model-missing',
    message: expect.stringMatching(/by fake-model with editor and fake-model is loaded/) as string,
  });
  const editor = { ...readyModel(readyStatus), adapter: 'editor' };
  engine.status = { ...readyStatus, model: editor } as typeof readyStatus;
  await inspect({ adapter: 'editor' });
  await inspect();
  expect(engine.call.mock.calls.map(([, request]) => (request as InspectionRequest).adapter)).toEqual([
    true,
    undefined,
  ]);
  await expect(inspect({ adapter: 'poet' })).rejects.toThrow(
    'with poet and fake-model with editor is loaded',
  );
});

test('inspects a continuation after the text that it continues', async () => {
  const { engine, inspect } = inspector();
  await inspect({
    passage: { ...passage, mode: 'continue', before: 'Once ', instruction: '', selection: '' },
  });
  expect(engine.call.mock.calls[0]?.[1]).toMatchObject({ answerPrefix: { text: 'Once' }, tokens: [7, 9] });
});

test('is refused for another model, and while the engine is in use', async () => {
  const { lock, inspect } = inspector();
  await expect(inspect({ modelId: 'another' })).rejects.toMatchObject({ code: 'model-missing' });
  lock.acquire('writing an answer');
  await expect(inspect()).rejects.toMatchObject({ code: 'engine-busy' });
});
