import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { PushEvents, PushName } from '../../src-main/contract/api.ts';
import type { NewRewrite, Rewrite } from '../../src-main/contract/document.ts';
import { rewriteTexts } from '../../src-main/contract/document.ts';
import { Rewrites } from '../../src-main/documents/rewrites.ts';
import { openHistory } from '../../src-main/conversations/history.ts';
import { EngineLock } from '../../src-main/runs/engine-lock.ts';
import { FakeEngine } from '../conversations/fake-engine.ts';
import { newFile } from '../database/temporary-folder.ts';

const request: NewRewrite = {
  documentId: null,
  instruction: 'Make this text shorter:',
  mode: 'replace',
  selection: 'A very long text.',
  before: 'Before. ',
  after: ' After.',
  alternatives: 1,
  strategy: { kind: 'greedy' },
  maxTokens: 64,
};

/** A rewrite with its texts in place of its runs. */
const withTexts = ({ runs, ...head }: Rewrite) => ({ ...head, texts: rewriteTexts(runs) });

/** Rewrites on a real history with an engine that the test plays. */
function program(file = newFile()) {
  const history = openHistory(file);
  const engine = new FakeEngine();
  const turn = new EngineLock();
  const told: { readonly name: PushName; readonly payload: unknown }[] = [];
  const push = <Name extends PushName>(name: Name, payload: PushEvents[Name]) => told.push({ name, payload });
  const rewrites = new Rewrites(history, engine, turn, push);
  let open = true;
  const close = () => {
    if (open) rewrites.close();
    if (open) history.close();
    open = false;
  };
  onTestFinished(close);
  const settled = async () => {
    await vi.waitFor(() => {
      const runs = rewrites.undecided()?.rewrite.runs ?? [];
      expect(runs.filter(({ status }) => status === 'waiting' || status === 'streaming')).toEqual([]);
    });
    await vi.waitFor(() => expect(turn.busy).toBe(false));
    return withTexts(rewrites.undecided()?.rewrite ?? expect.fail());
  };
  return { history, engine, turn, told, rewrites, settled, close, file };
}

const answerPrefix = (engine: FakeEngine, count = 1) =>
  vi.waitFor(() => expect(engine.requests).toHaveLength(count));

describe('a rewrite', () => {
  it('asks the model, tells its text as it grows and keeps it', async () => {
    const { history, engine, told, rewrites, settled } = program();
    const started = rewrites.start(request);
    expect(started).toMatchObject({ selection: 'A very long text.', modelId: 'fake-model' });
    expect(rewriteTexts(started.runs)).toEqual([]);
    await answerPrefix(engine);
    expect(engine.requests[0]).toMatchObject({
      prompt: { messages: [{ role: 'user', content: 'Make this text shorter:\n\nA very long text.' }] },
      references: ['Before. A very long text. After.', 'A very long text.'],
      maxTokens: 64,
    });
    engine.write('A', ' text.');
    engine.end();
    const rewrite = await settled();
    expect(rewrite.texts).toMatchObject([{ text: 'A text.', status: 'done', strategy: { kind: 'greedy' } }]);
    const [run] = started.runs;
    const owner = { kind: 'rewrite', rewriteId: started.id, position: 0 };
    expect(told).toMatchObject([
      { name: 'run-changed', payload: { run: { id: run?.id, owner, status: 'streaming', text: '' } } },
      { name: 'run-events', payload: { runId: run?.id, events: [{ text: 'A' }, { text: ' text.' }] } },
      { name: 'run-events', payload: { runId: run?.id, events: [{ type: 'end' }] } },
      { name: 'run-changed', payload: { run: { id: run?.id, owner, status: 'done', text: 'A text.' } } },
    ]);
    expect(withTexts(history.rewrites.open(started.id))).toEqual(rewrite);
    rewrites.decide(started.id, 'rejected');
    expect(history.rewrites.open(started.id).outcome).toBe('rejected');
  });

  it('is told to a window that was loaded anew, until something is decided about it', async () => {
    const { engine, rewrites, settled } = program();
    expect(rewrites.undecided()).toBeNull();
    const { id } = rewrites.start(request);
    await answerPrefix(engine);
    engine.write('A', ' text');
    await vi.waitFor(() =>
      expect(rewrites.undecided()).toMatchObject({
        rewrite: { id, runs: [{ text: 'A text', status: 'streaming' }] },
        before: 'Before. ',
      }),
    );
    engine.end();
    await settled();
    expect(rewrites.undecided()).toMatchObject({ rewrite: { runs: [{ status: 'done' }] } });
    rewrites.decide(id, 'open');
    expect(rewrites.undecided()).not.toBeNull();
    rewrites.decide(id, 'partly');
    expect(rewrites.undecided()).toBeNull();
  });

  it('is read before it is asked for, as it will be asked, unless something is being written', async () => {
    const { engine, rewrites, settled } = program();
    const { instruction, mode, selection, before, after } = request;
    rewrites.prepare({ instruction, mode, selection, before, after });
    rewrites.start(request);
    await answerPrefix(engine);
    expect(engine.prefills).toEqual([{ prompt: engine.requests[0]?.prompt }]);
    rewrites.prepare({ instruction, mode, selection: 'Another text.', before, after });
    expect(engine.prefills).toHaveLength(1);
    engine.end();
    await settled();
  });

  it('continues a text behind what stands before it', async () => {
    const { engine, rewrites, settled } = program();
    rewrites.start({ ...request, mode: 'continue', instruction: '', selection: 'It was late. \n' });
    await answerPrefix(engine);
    expect(engine.requests[0]).toMatchObject({ answerPrefix: { text: 'Before. It was late.' } });
    engine.end();
    await settled();
  });

  it('is refused in a sentence where nothing is selected, nothing is asked or the engine is busy', async () => {
    const { engine, turn, rewrites, history } = program();
    const code = (part: Partial<NewRewrite>) => {
      try {
        rewrites.start({ ...request, ...part });
        return 'started';
      } catch (error) {
        return (error as { code?: string }).code;
      }
    };
    expect(code({ selection: ' \n' })).toBe('prompt-empty');
    expect(code({ instruction: '' })).toBe('message-invalid');
    expect(code({ documentId: '5f0c2c52-9d0a-4f1c-8f2e-0a4b7c6d1e2f' })).toBe('not-found');
    const release = turn.take('writing an answer');
    expect(() => rewrites.start(request)).toThrow('The engine is still writing an answer');
    release();
    engine.status = { state: 'starting' };
    expect(code({})).toBe('engine-unavailable');
    expect(engine.requests).toEqual([]);
    expect(() => turn.assertFree()).not.toThrow();
    expect(history.documents.list()).toEqual([]);
  });

  it('has the turn until its end, and gives it back after a failure', async () => {
    const { engine, turn, rewrites, settled } = program();
    rewrites.start(request);
    expect(() => turn.assertFree()).toThrow('rewriting a text');
    await answerPrefix(engine);
    engine.write('Half');
    engine.fail(new Error('The engine broke.'));
    expect((await settled()).texts).toMatchObject([
      { text: 'Half', status: 'failed', error: { message: 'The engine broke.' } },
    ]);
    expect(() => turn.assertFree()).not.toThrow();
  });

  it('turns out texts of consecutive seeds one after another, until it is stopped', async () => {
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

  it('keeps all texts that a search found', async () => {
    const { engine, rewrites, settled, history } = program();
    const { id } = rewrites.start({ ...request, alternatives: 3 });
    await answerPrefix(engine);
    expect(engine.requests[0]?.strategy).toMatchObject({ kind: 'beam', best: 3 });
    engine.write('Best');
    const result = { score: -1, logProbabilitySum: -1, tokens: [] };
    const hypotheses = ['Best', 'Second', 'Third'].map((text) => ({ ...result, text }));
    engine.tell({ type: 'hypotheses', hypotheses });
    engine.end();
    expect((await settled()).texts.map(({ text }) => text)).toEqual(['Best', 'Second', 'Third']);
    expect(rewriteTexts(history.rewrites.open(id).runs)).toHaveLength(3);
  });

  it('makes a version of the document before its first change is accepted', async () => {
    const { engine, rewrites, history, settled } = program();
    const { id: documentId } = history.documents.create('', 'Before. A very long text. After.');
    const { id } = rewrites.start({ ...request, documentId });
    await answerPrefix(engine);
    engine.write('A text.');
    engine.end();
    await settled();
    rewrites.decide(id, 'partly');
    history.documents.write(documentId, 'Before. A text. After.');
    rewrites.decide(id, 'accepted');
    expect(history.documents.versions(documentId)).toMatchObject([
      { reason: 'rewrite', beginning: 'Before. A very long text. After.' },
    ]);
    expect(history.rewrites.open(id).outcome).toBe('accepted');
  });

  it('that is being written when the program quits is kept as an interrupted one', async () => {
    const { engine, rewrites, told, close, file } = program();
    engine.onAbort = () => undefined;
    const { id } = rewrites.start(request);
    await answerPrefix(engine);
    engine.write('Half a');
    await vi.waitFor(() => expect(told).toHaveLength(2));
    close();
    const again = openHistory(file);
    const kept: Rewrite = again.rewrites.open(id);
    again.close();
    expect(rewriteTexts(kept.runs)).toMatchObject([{ text: 'Half a', status: 'interrupted' }]);
  });
});
