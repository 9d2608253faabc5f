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

/** An answer 'Tea' of three tokens that ended for `reason`, and the answers that continue it. */
function storedAnswer(reason: 'stopped' | 'end-token' = 'stopped', run = ownRun) {
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
  it('creates a sibling that starts with copies of its tokens, and continues from there', async () => {
    const { stores, engine, answers, source, go, tokensOf, place } = storedAnswer();
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

  it('drops an end token, and any other token after the prefix', async () => {
    const ended = storedAnswer('end-token');
    expect((await ended.go(null)).answer.content).toBe('Tea');
    const cut = storedAnswer();
    expect((await cut.go(1)).answer.content).toBe('T');
    expect(cut.engine.requests[0]?.answerPrefix).toEqual({ tokens: [code('T')] });
  });

  it('drops the end token of an answer that was interrupted after it', async () => {
    const { stores, go, tokensOf, source, place } = storedAnswer('end-token');
    stores.database.connection.exec("UPDATE runs SET status = 'interrupted', end_reason = NULL");
    const [, interrupted] = stores.conversations.open(place.conversationId).messages;
    expect(interrupted?.run?.endReason).toBeNull();
    const { answer } = await go(null);
    expect(tokensOf(answer)).toEqual(tokensOf(source).slice(0, 3));
  });

  it('has the approximate log-probabilities of its beginning read again', async () => {
    const { stores, go, tokensOf, engine } = storedAnswer();
    stores.database.connection.exec('UPDATE run_tokens SET approximate = 1 WHERE position > 0');
    const { answer } = await go(null);
    expect(engine.requests[0]?.rescoreFrom).toBe(1);
    const figures = [1, 2, 3].map((place) => ({ logProbability: -place / 8 }));
    engine.tell({ type: 'rescored', position: 0, tokens: figures });
    engine.end();
    await vi.waitFor(() => expect(tokensOf(answer)[1]?.approximate).toBeUndefined());
    expect(tokensOf(answer).map(({ logProbability }) => logProbability)).toEqual([0, -0.25, -0.375]);
  });

  it('continues after a replaced token, which has no probability', async () => {
    const { go, tokensOf, engine } = storedAnswer();
    const { answer } = await go(2, code('n'));
    expect(answer.content).toBe('Ten');
    expect(engine.requests[0]?.answerPrefix).toEqual({ tokens: ['T', 'e', 'n'].map(code) });
    const chosen = { position: 2, id: code('n'), text: 'n' };
    expect(tokensOf(answer).at(-1)).toEqual({ ...chosen, logProbability: NaN, policyLogProbability: NaN });
  });

  it('ends at once if the chosen token is an end token', async () => {
    const { go, engine, answers } = storedAnswer();
    const { answer } = await go(2, code('z'));
    expect(answer).toMatchObject({ content: 'Te', status: 'done', run: { endReason: 'end-token' } });
    expect(engine.requests).toEqual([]);
    expect(() => answers.send({ ...askBelow(answer) })).not.toThrow();
  });

  it('tokenizes the text again if the user or another model wrote it', async () => {
    const { answers, go, place, source, tokensOf } = storedAnswer();
    const edited = answers.edit({ ...place, content: 'Hot' });
    expect(edited).toMatchObject({ content: 'Hot', sourceId: source.id, run: null, status: 'done' });
    const { answer } = await go(null, null, edited.id);
    expect(answer).toMatchObject({ content: 'Hot', sourceId: edited.id });
    expect(tokensOf(answer).map(({ text }) => text)).toEqual(['H', 'o', 't']);
    const other = storedAnswer('end-token', sampleRun);
    expect((await other.go(null)).answer.content).toBe('Tea');
    other.answers.stop(other.answers.running()[0]?.id ?? '');
    await vi.waitFor(() => expect(other.answers.running()).toEqual([]));
    await expect(other.go(1, 5)).rejects.toThrow(failure('model-missing'));
  });

  it('is rejected and leaves no trace: a question, an answer being generated, a busy engine', async () => {
    const { go, lock, stores, place, source, answers } = storedAnswer();
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

  it('leaves the engine free if its text can’t be tokenized', async () => {
    const { go, engine, answers, place } = storedAnswer();
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
  it('may be drafted from its siblings, newest first', () => {
    const { answers, engine, place, source, stores } = storedAnswer();
    stores.conversations.edit(place, 'Milk');
    const { answer } = answers.regenerate({ ...place, parentId: source.parentId ?? '', ...settings });
    expect(answer).toMatchObject({ status: 'streaming', sourceId: null });
    expect(engine.requests[0]?.references).toEqual(['Milk', 'Tea']);
    expect(engine.requests[0]?.answerPrefix).toBeUndefined();
    expect(readyStatus.state).toBe('ready');
  });
});
