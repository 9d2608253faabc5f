import { describe, expect, it, vi } from 'vitest';
import type { GenerationEvent } from '../../src-main/contract/generation.ts';
import type { Message } from '../../src-main/contract/conversation.ts';
import { answerWith } from '../../src-main/contract/conversation.ts';
import { openProgram } from '../main/open-program.ts';
import { readyStatus } from './fake-engine.ts';
import { sampleRun, sampleStatistics } from './samples.ts';

const settings = { strategy: { kind: 'greedy' }, maxTokens: 64 } as const;
const failure = (code: string) => expect.objectContaining({ code }) as Error;
const ownRun = { ...sampleRun, modelId: 'fake-model' };
const code = (letter: string) => letter.codePointAt(0) ?? 0;

/** An answer 'Tea' of three tokens that ended for `reason`, and what continues it. */
function kept(reason: 'stopped' | 'end-token' = 'stopped', run = ownRun) {
  const { stores, engine, lock, runner, answers } = openProgram();
  const { id: conversationId } = stores.conversations.create('');
  const question = { conversationId, parentId: null, content: 'Drink?' };
  const asked = stores.conversations.ask(question, run);
  const recorder = runner.recorderOf(asked.run);
  const texts = reason === 'end-token' ? ['T', 'e', 'a', ''] : ['T', 'e', 'a'];
  for (const [position, text] of texts.entries()) {
    const id = text === '' ? code('z') : code(text);
    const numbers = { logProbability: -position, policyLogProbability: 0, origin: 'accepted' as const };
    recorder.add({ type: 'token', position, id, text, ...numbers });
  }
  recorder.finish(reason, sampleStatistics);
  const place = { conversationId, messageId: asked.answer.id };
  const go = (keepTokens: number | null, token: number | null = null, messageId = place.messageId) =>
    answers.continue({ ...place, messageId, keepTokens, token, ...settings });
  const tokensOf = (message: Message) => stores.runs.tokens(message.run?.id ?? '');
  const source = answerWith(asked.answer, recorder.run);
  return { stores, engine, lock, answers, place, source, go, tokensOf };
}

describe('continuing an answer', () => {
  it('starts a sibling with copies of its tokens and continues from there', async () => {
    const { stores, engine, answers, source, go, tokensOf, place } = kept();
    const { answer } = await go(null);
    expect(answer).toMatchObject({ content: 'Tea', status: 'streaming', sourceId: source.id });
    expect(answer.parentId).toBe(source.parentId);
    expect(engine.requests).toMatchObject([
      { answerPrefix: { tokens: ['T', 'e', 'a'].map(code) }, references: ['Tea'], ...settings },
    ]);
    const event: GenerationEvent = {
      ...{ type: 'token', position: 3, id: 99, text: ' pot' },
      ...{ logProbability: -2, policyLogProbability: 0, origin: 'bonus' },
    };
    engine.tell(event);
    engine.end();
    await vi.waitFor(() => expect(answers.running()).toEqual([]));
    const messages = stores.conversations.open(place.conversationId).messages;
    expect(messages.at(-1)).toMatchObject({ content: 'Tea pot', status: 'done' });
    expect(messages[1]).toEqual(source);
    expect(tokensOf(answer)).toEqual([
      ...tokensOf(source),
      { position: 3, id: 99, text: ' pot', logProbability: -2, policyLogProbability: 0, origin: 'bonus' },
    ]);
  });

  it('leaves out an end token and the tokens that were not requested', async () => {
    const ended = kept('end-token');
    expect((await ended.go(null)).answer.content).toBe('Tea');
    const cut = kept();
    expect((await cut.go(1)).answer.content).toBe('T');
    expect(cut.engine.requests[0]?.answerPrefix).toEqual({ tokens: [code('T')] });
  });

  it('continues after another token, which has no probability', async () => {
    const { go, tokensOf, engine } = kept();
    const { answer } = await go(2, code('n'));
    expect(answer.content).toBe('Ten');
    expect(engine.requests[0]?.answerPrefix).toEqual({ tokens: ['T', 'e', 'n'].map(code) });
    const chosen = { position: 2, id: code('n'), text: 'n' };
    expect(tokensOf(answer).at(-1)).toEqual({ ...chosen, logProbability: NaN, policyLogProbability: NaN });
  });

  it('is at its end where the token that was chosen is one', async () => {
    const { go, engine, answers } = kept();
    const { answer } = await go(2, code('z'));
    expect(answer).toMatchObject({ content: 'Te', status: 'done', run: { endReason: 'end-token' } });
    expect(engine.requests).toEqual([]);
    expect(() => answers.send({ ...askBelow(answer) })).not.toThrow();
  });

  it('tokenizes the text again if a person or another model wrote it', async () => {
    const { answers, go, place, source, tokensOf } = kept();
    const edited = answers.edit({ ...place, content: 'Hot' });
    expect(edited).toMatchObject({ content: 'Hot', sourceId: source.id, run: null, status: 'done' });
    const { answer } = await go(null, null, edited.id);
    expect(answer).toMatchObject({ content: 'Hot', sourceId: edited.id });
    expect(tokensOf(answer).map(({ text }) => text)).toEqual(['H', 'o', 't']);
    const other = kept('end-token', sampleRun);
    expect((await other.go(null)).answer.content).toBe('Tea');
    other.answers.stop(other.answers.running()[0]?.id ?? '');
    await vi.waitFor(() => expect(other.answers.running()).toEqual([]));
    await expect(other.go(1, 5)).rejects.toThrow(failure('model-missing'));
  });

  it('is refused without a trace: a question, an answer being written, a busy engine', async () => {
    const { go, lock, stores, place, source, answers } = kept();
    const before = stores.conversations.open(place.conversationId);
    await expect(go(null, null, source.parentId ?? '')).rejects.toThrow(failure('message-invalid'));
    await expect(go(null, null, place.conversationId)).rejects.toThrow(failure('not-found'));
    const release = lock.acquire('playing');
    await expect(go(null)).rejects.toThrow(failure('engine-busy'));
    release();
    expect(() => answers.edit({ ...place, content: ' ' })).toThrow(failure('prompt-empty'));
    expect(stores.conversations.open(place.conversationId)).toEqual(before);
    const { answer } = await go(null);
    expect(() => answers.edit({ ...place, messageId: answer.id, content: 'x' })).toThrow(
      failure('message-invalid'),
    );
  });

  it('leaves the engine free where its text could not be read', async () => {
    const { go, engine, answers, place } = kept();
    const edited = answers.edit({ ...place, content: 'Hot' });
    vi.spyOn(engine, 'call').mockRejectedValueOnce(new Error('gone'));
    await expect(go(null, null, edited.id)).rejects.toThrow('gone');
    expect((await go(null)).answer.content).toBe('Tea');
  });
});

const askBelow = (answer: Message) => ({
  conversationId: answer.conversationId,
  parentId: answer.id,
  content: 'And?',
  ...settings,
});

describe('another answer', () => {
  it('is speculated from the earlier ones, newest first', () => {
    const { answers, engine, place, source, stores } = kept();
    stores.conversations.edit(place, 'Milk');
    const { answer } = answers.regenerate({ ...place, parentId: source.parentId ?? '', ...settings });
    expect(answer).toMatchObject({ status: 'streaming', sourceId: null });
    expect(engine.requests[0]?.references).toEqual(['Milk', 'Tea']);
    expect(engine.requests[0]?.answerPrefix).toBeUndefined();
    expect(readyStatus.state).toBe('ready');
  });
});
