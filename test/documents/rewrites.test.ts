import Database from 'better-sqlite3';
import { describe, expect, it, vi } from 'vitest';
import type { NewRewrite, Rewrite } from '../../src-main/contract/document.ts';
import { rewriteTexts } from '../../src-main/contract/document.ts';
import type { EngineStatus } from '../../src-main/contract/engine-status.ts';
import { rewritePurposes } from '../../src-main/contract/rewrite/purpose.ts';
import { readyModel } from '../../src-main/runs/engine-lock.ts';
import { type FakeEngine, readyStatus } from '../conversations/fake-engine.ts';
import { openProgram } from '../main/open-program.ts';

const request: NewRewrite = {
  documentId: null,
  instruction: 'Make this text shorter:',
  mode: 'replace',
  purpose: 'shorten',
  selection: 'A very long text.',
  before: 'Before. ',
  after: ' After.',
  alternatives: 1,
  strategy: { kind: 'greedy' },
  maxTokens: 64,
};

/** A rewrite with its texts instead of its runs. */
const withTexts = ({ runs, ...head }: Rewrite) => ({ ...head, texts: rewriteTexts(runs) });

/** Rewrites over a real database with an engine that the test controls. */
function program(file?: string) {
  const all = openProgram(file === undefined ? {} : { file });
  const { rewrites, lock } = all;
  const settled = async () => {
    await vi.waitFor(() => {
      const runs = rewrites.pending()?.rewrite.runs ?? [];
      expect(runs.filter(({ status }) => status === 'waiting' || status === 'streaming')).toEqual([]);
    });
    await vi.waitFor(() => expect(lock.busy).toBe(false));
    return withTexts(rewrites.pending()?.rewrite ?? expect.fail());
  };
  return { ...all, settled };
}

const answerPrefix = (engine: FakeEngine, count = 1) =>
  vi.waitFor(() => expect(engine.requests).toHaveLength(count));

describe('a rewrite', () => {
  it('that can neither start nor be saved as failed is failed for a reloaded window, too', async () => {
    const all = program();
    const { id, runs } = all.rewrites.start(request);
    const other = new Database(all.file);
    other.exec('BEGIN IMMEDIATE');
    await vi.waitFor(() => expect(all.lock.busy).toBe(false));
    other.exec('ROLLBACK');
    other.close();
    expect(all.stores.runs.get(runs[0]!.id)).toMatchObject({ status: 'waiting' });
    expect(all.rewrites.pending()?.rewrite).toMatchObject({
      id,
      runs: [{ status: 'failed', error: { code: 'database-failed' } }],
    });
  });

  it('asks the model, publishes its text as it grows, and saves it', async () => {
    const { engine, pushed, rewrites, settled } = program();
    const started = rewrites.start(request);
    expect(started).toMatchObject({ selection: 'A very long text.', modelId: 'fake-model' });
    expect(rewriteTexts(started.runs)).toEqual([]);
    await answerPrefix(engine);
    expect(engine.requests[0]).toMatchObject({
      prompt: { messages: [{ role: 'user', content: 'Make this text shorter:\n\nA very long text.' }] },
      references: ['Before. A very long text. After.', 'A very long text.'],
      maxTokens: 64,
      lengthBound: { text: 'A very long text.', ratio: 1, extra: 4 },
      stopAtLoops: true,
    });
    engine.write('A', ' text.');
    engine.end();
    const rewrite = await settled();
    expect(rewrite.texts).toMatchObject([{ text: 'A text.', status: 'done', strategy: { kind: 'greedy' } }]);
    const [run] = started.runs;
    const owner = { kind: 'rewrite', rewriteId: started.id, position: 0 };
    expect(pushed).toMatchObject([
      { name: 'run-changed', payload: { run: { id: run?.id, owner, status: 'streaming', text: '' } } },
      { name: 'run-events', payload: { runId: run?.id, events: [{ text: 'A' }, { text: ' text.' }] } },
      { name: 'run-events', payload: { runId: run?.id, events: [{ type: 'end' }] } },
      { name: 'run-changed', payload: { run: { id: run?.id, owner, status: 'done', text: 'A text.' } } },
    ]);
    expect(withTexts(rewrites.open(started.id))).toEqual(rewrite);
    expect(rewrites.open(started.id).runs[0]?.tokens.map(({ text }) => text)).toEqual(['A', ' text.']);
    rewrites.decide(started.id, 'rejected');
    expect(rewrites.open(started.id).outcome).toBe('rejected');
  });

  it('is pending for a reloaded window until the user decides about it', async () => {
    const { engine, rewrites, settled } = program();
    expect(rewrites.pending()).toBeNull();
    const { id } = rewrites.start(request);
    await answerPrefix(engine);
    engine.write('A', ' text');
    await vi.waitFor(() =>
      expect(rewrites.pending()).toMatchObject({
        rewrite: { id, runs: [{ text: 'A text', status: 'streaming' }] },
        before: 'Before. ',
      }),
    );
    engine.end();
    await settled();
    expect(rewrites.pending()).toMatchObject({ rewrite: { runs: [{ status: 'done' }] } });
    rewrites.decide(id, 'open');
    expect(rewrites.pending()).not.toBeNull();
    rewrites.decide(id, 'partly');
    expect(rewrites.pending()).toBeNull();
  });

  it('is prefilled with the prompt it will have, unless the engine is generating', async () => {
    const { engine, rewrites, settled } = program();
    const { instruction, mode, purpose, selection, before, after } = request;
    rewrites.prepare({ instruction, mode, purpose, selection, before, after });
    rewrites.start(request);
    await answerPrefix(engine);
    // The rewrite is asked a moment later.
    const prompt = { ...engine.requests[0]?.prompt, askedAt: expect.any(Number) as number };
    expect(engine.prefills).toEqual([{ prompt }]);
    rewrites.prepare({ instruction, mode, purpose, selection: 'Another text.', before, after });
    expect(engine.prefills).toHaveLength(1);
    engine.end();
    await settled();
  });

  it.each(rewritePurposes)('for the purpose %s has the adapter that was trained for it', async (purpose) => {
    const untrained = ['to-english', 'to-chinese', 'continue'];
    for (const adapter of ['editor', null]) {
      const { engine, rewrites, settled } = program();
      engine.status = { ...readyStatus, model: { ...readyModel(readyStatus), adapter } } as EngineStatus;
      const expected = untrained.includes(purpose) ? null : adapter;
      const { instruction, mode, selection, before, after } = request;
      rewrites.prepare({ instruction, mode, purpose, selection, before, after });
      const strategy = { kind: 'sampling', seed: 5 } as NewRewrite['strategy'];
      const { runs } = rewrites.start({ ...request, purpose, strategy, alternatives: 2 });
      expect(runs.map((run) => run.adapter)).toEqual([expected, expected]);
      for (const count of [1, 2]) {
        await answerPrefix(engine, count);
        engine.end();
      }
      await settled();
      const sent = [...engine.prefills, ...engine.requests].map((one) => one.adapter ?? null);
      expect(sent).toEqual([expected, expected, expected].map((name) => (name === null ? null : true)));
      expect(rewrites.pending()?.rewrite.runs.map((run) => run.adapter)).toEqual([expected, expected]);
    }
  });

  it('continues a text after the text before it', async () => {
    const { engine, rewrites, settled } = program();
    rewrites.start({ ...request, mode: 'continue', instruction: '', selection: 'It was late. \n' });
    await answerPrefix(engine);
    expect(engine.requests[0]).toMatchObject({ answerPrefix: { text: 'Before. It was late.' } });
    engine.end();
    await settled();
  });

  it('is rejected with an explanation if nothing is selected, nothing is asked or the engine is busy', async () => {
    const { engine, lock, rewrites, stores } = program();
    const code = (part: Partial<NewRewrite>) => {
      try {
        rewrites.start({ ...request, ...part });
        return 'started';
      } catch (error) {
        return (error as { code?: string }).code;
      }
    };
    expect(code({ selection: ' \n' })).toBe('selection-empty');
    expect(code({ instruction: '' })).toBe('message-invalid');
    expect(code({ documentId: '5f0c2c52-9d0a-4f1c-8f2e-0a4b7c6d1e2f' })).toBe('not-found');
    const release = lock.acquire('writing an answer');
    expect(() => rewrites.start(request)).toThrow('The engine is still writing an answer');
    release();
    engine.status = { state: 'starting' };
    expect(code({})).toBe('engine-unavailable');
    expect(engine.requests).toEqual([]);
    expect(() => lock.assertFree()).not.toThrow();
    expect(stores.documents.list()).toEqual([]);
  });

  it('holds the lock until its end, and releases it after a failure', async () => {
    const { engine, lock, rewrites, settled } = program();
    rewrites.start(request);
    expect(() => lock.assertFree()).toThrow('rewriting a text');
    await answerPrefix(engine);
    engine.write('Half');
    engine.fail(new Error('The engine broke.'));
    expect((await settled()).texts).toMatchObject([
      { text: 'Half', status: 'failed', error: { message: 'The engine broke.' } },
    ]);
    expect(() => lock.assertFree()).not.toThrow();
  });

  it('produces texts of consecutive seeds one after another until it is stopped', async () => {
    const { engine, rewrites, settled } = program();
    const strategy = { kind: 'sampling', seed: 5 } as NewRewrite['strategy'];
    const { id } = rewrites.start({ ...request, strategy, alternatives: 3 });
    await answerPrefix(engine);
    engine.write('One');
    engine.end();
    await answerPrefix(engine, 2);
    expect(engine.requests[1]?.strategy).toMatchObject({ seed: 6 });
    engine.write('Tw');
    rewrites.stop('another one');
    rewrites.stop(id);
    const { texts } = await settled();
    expect(texts.map(({ text, status }) => `${status}: ${text}`)).toEqual(['done: One', 'stopped: Tw']);
    expect(engine.requests).toHaveLength(2);
  });

  it('stores all results of a search', async () => {
    const { engine, rewrites, settled } = program();
    const { id } = rewrites.start({ ...request, alternatives: 3 });
    await answerPrefix(engine);
    expect(engine.requests[0]?.strategy).toMatchObject({ kind: 'beam', best: 3 });
    engine.write('Best');
    const result = { score: -1, logProbabilitySum: -1, tokens: [] };
    const hypotheses = ['Best', 'Second', 'Third'].map((text) => ({ ...result, text }));
    engine.tell({ type: 'hypotheses', hypotheses });
    engine.end();
    expect((await settled()).texts.map(({ text }) => text)).toEqual(['Best', 'Second', 'Third']);
    expect(rewriteTexts(rewrites.open(id).runs)).toHaveLength(3);
  });

  it('is still offered with all its texts after a restart, until it is decided', async () => {
    const { engine, rewrites, settled, close, file } = program();
    const { id } = rewrites.start({ ...request, alternatives: 3 });
    await answerPrefix(engine);
    engine.write('Best');
    const result = { score: -1, logProbabilitySum: -1, tokens: [] };
    const hypotheses = ['Best', 'Second', 'Third'].map((text) => ({ ...result, text }));
    engine.tell({ type: 'hypotheses', hypotheses });
    engine.end();
    await settled();
    close();
    const second = program(file);
    expect(second.rewrites.pending()).toMatchObject({ rewrite: { id, outcome: 'open' }, before: 'Before. ' });
    expect((await second.settled()).texts.map(({ text }) => text)).toEqual(['Best', 'Second', 'Third']);
    second.rewrites.decide(id, 'accepted');
    second.close();
    const third = program(file);
    expect(third.rewrites.pending()).toBeNull();
    third.close();
  });

  it.each(['accepted', 'partly', 'rejected'] as const)(
    'is not offered again if it was %s, and neither is an earlier one',
    async (outcome) => {
      const { engine, rewrites, settled, close, file } = program();
      engine.onRequest = () => {
        engine.write('A text.');
        engine.end();
      };
      rewrites.start(request);
      await settled();
      const { id } = rewrites.start(request);
      await settled();
      rewrites.decide(id, outcome);
      close();
      const again = program(file);
      expect(again.rewrites.pending()).toBeNull();
      again.close();
    },
  );

  it('saves a version of the document before its first change is accepted', async () => {
    const { engine, rewrites, stores, settled } = program();
    const { id: documentId } = stores.documents.create('', 'Before. A very long text. After.');
    const { id } = rewrites.start({ ...request, documentId });
    await answerPrefix(engine);
    engine.write('A text.');
    engine.end();
    await settled();
    rewrites.decide(id, 'partly');
    stores.documents.write(documentId, 'Before. A text. After.');
    rewrites.decide(id, 'accepted');
    expect(stores.documents.versions(documentId)).toMatchObject([
      { reason: 'rewrite', beginning: 'Before. A very long text. After.' },
    ]);
    expect(rewrites.open(id).outcome).toBe('accepted');
  });

  it('whose last save failed is saved when the program quits', async () => {
    const all = openProgram({ recorder: { retryMs: 3_600_000 } });
    const { id } = all.rewrites.start(request);
    await answerPrefix(all.engine);
    const other = new Database(all.file);
    other.exec('BEGIN IMMEDIATE');
    all.engine.write('A text.');
    all.engine.end();
    await vi.waitFor(() => expect(all.lock.busy).toBe(false));
    const error = { code: 'database-failed' };
    expect(all.rewrites.open(id).runs).toMatchObject([{ text: 'A text.', status: 'failed', error }]);
    // Control: the database has nothing of it before the program quits.
    expect(all.stores.runs.ofRewrite(id)).toMatchObject([{ text: '', status: 'streaming' }]);
    other.exec('ROLLBACK');
    other.close();
    all.close();
    const { runs } = program(all.file).rewrites.open(id);
    expect(runs).toMatchObject([{ text: 'A text.', status: 'done', error: null }]);
  });

  it('that is being written when the program quits is saved as interrupted', async () => {
    const { engine, rewrites, pushed, close, file } = program();
    engine.onAbort = () => undefined;
    const { id } = rewrites.start(request);
    await answerPrefix(engine);
    engine.write('Half a');
    await vi.waitFor(() => expect(pushed).toHaveLength(2));
    close();
    const kept: Rewrite = program(file).rewrites.open(id);
    expect(rewriteTexts(kept.runs)).toMatchObject([{ text: 'Half a', status: 'interrupted' }]);
  });
});
