import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { GenerationRequest, Statistics } from '../../src-main/contract/generation.ts';
import type { LoadedModel } from '../../src-main/runtime/load.ts';
import { SessionSequence } from '../../src-main/runtime/session-sequence.ts';
import { loadDefaultModel } from './default-model.ts';

let model: LoadedModel;
beforeAll(async () => {
  model = await loadDefaultModel();
});
afterAll(() => model.close());

const paragraph = 'The tide was out and the boats lay on there sides in the mud, as they does twice a day. ';
const content = `Correct the grammar and spelling of this text:\n\n${paragraph.repeat(4)}`;
const request: GenerationRequest = {
  prompt: { messages: [{ role: 'user', content }] },
  strategy: { kind: 'greedy' },
  ...{ maxTokens: 24, stopTexts: [], alternatives: 0 },
};
/** Shares only the beginning of the template with the request's. */
const other: GenerationRequest['prompt'] = { raw: 'Once upon a time' };
const running = () => new AbortController().signal;

async function answer(): Promise<{ tokens: readonly number[]; statistics: Statistics | undefined }> {
  const tokens: number[] = [];
  for await (const event of model.generate(request, running())) {
    if (event.type === 'token') tokens.push(event.id);
    if (event.type === 'end') return { tokens, statistics: event.statistics };
  }
  return { tokens, statistics: undefined };
}

test('a warmed prompt, whole or in part, has the same answer and is not read again', async () => {
  await model.prefill({ prompt: other }, running());
  const { tokens, statistics } = await answer();
  expect(statistics?.reusedTokens).toBe(0);
  const length = statistics?.promptTokens ?? 0;
  expect(length).toBeGreaterThan(100);

  await model.prefill({ prompt: other }, running());
  await model.prefill(request, running());
  const whole = await answer();
  expect(whole.tokens).toEqual(tokens);
  expect(whole.statistics?.reusedTokens).toBe(length - 1);

  await model.prefill({ prompt: other }, running());
  // Aborted while its first chunk is read, which stays in the cache.
  const stop = new AbortController();
  const { forward } = SessionSequence.prototype;
  vi.spyOn(SessionSequence.prototype, 'forward').mockImplementationOnce(function (
    this: SessionSequence,
    ...chunk
  ) {
    stop.abort();
    return forward.apply(this, chunk);
  });
  await model.prefill(request, stop.signal);
  const part = await answer();
  expect(part.tokens).toEqual(tokens);
  expect(part.statistics?.reusedTokens).toBe(32);
});

test('a prompt that leaves no room for an answer is skipped', async () => {
  await model.prefill(request, running());
  await model.prefill({ prompt: { raw: paragraph.repeat(1000) } }, running());
  const { statistics } = await answer();
  expect(statistics?.reusedTokens).toBe((statistics?.promptTokens ?? 0) - 1);
});
