import { expect, test } from 'vitest';
import type { CustomAction, Rewrite, PendingRewrite } from '../../../src-main/contract/document.ts';
import type { GenerationEvent } from '../../../src-main/contract/generation.ts';
import type { RecordedRun } from '../../../src-main/contract/run.ts';
import { defaultSettings } from '../../../src-main/contract/settings.ts';
import { requestOf, placeIn } from '../../../src-renderer/state/documents/pending-rewrite.ts';
import { openedDocuments } from './opened-documents.ts';

const before = 'Dear Sir,\n\n';
const selection = 'The cups is broken.';
const text = `${before}${selection}\n\nYours`;
const run: RecordedRun = {
  id: 'run',
  owner: { kind: 'rewrite', rewriteId: 'r', position: 0 },
  ...{ modelId: 'fake', provider: 'cpu', strategy: defaultSettings.strategy, status: 'streaming' },
  ...{
    text: 'The cups',
    endReason: null,
    statistics: null,
    error: null,
    startedAt: 0,
    kernels: null,
    adapter: null,
    tokens: [],
    trace: [],
  },
};
const rewrite: Rewrite = {
  ...{ id: 'r', documentId: 'a', instruction: 'Make this text shorter and keep what matters:' },
  ...{ mode: 'replace', selection, modelId: 'fake', provider: 'cpu', createdAt: 0, outcome: 'open' },
  runs: [run],
};
const done = (text: string): RecordedRun => ({ ...run, text, status: 'done', endReason: 'end-token' });

/** A window opened on a document with a pending rewrite of one passage. */
const loaded = (undecided: PendingRewrite | null, kept = text) => openedDocuments(kept, undecided);

test('a running rewrite continues with its text so far', async () => {
  const { api, documents } = await loaded({ rewrite, before });
  expect(documents.rewriting.current?.state).toBe('writing');
  expect(documents.rewriting.current?.texts.chosen?.text).toBe('The cups');
  expect(documents.opened?.editor.shown).toMatchObject({ from: 11, to: 30, growing: true });
  const token = { type: 'token', position: 2, id: 0, text: ' are broken.' } as unknown as GenerationEvent;
  api.push('run-events', { runId: 'run', events: [token] });
  expect(documents.rewriting.current?.texts.chosen?.text).toBe('The cups are broken.');
  api.push('run-changed', { run: done('The cups are broken.') });
  expect(documents.rewriting.current?.state).toBe('deciding');
  expect(documents.rewriting.decide('accept-all')).toBe(true);
  expect(documents.opened?.editor.text).toBe(`${before}The cups are broken.\n\nYours`);
});

test('one that has ended meanwhile awaits a decision', async () => {
  const { documents } = await loaded({ rewrite: { ...rewrite, runs: [done('Broken cups.')] }, before });
  expect(documents.rewriting.current?.state).toBe('deciding');
  expect(documents.rewriting.current?.request.action).toMatchObject({ id: 'shorten' });
});

test('a complete first text is shown while others are being generated', async () => {
  const runs = [done('The cups are broken.'), { ...run, id: 'second', text: 'Broken' }];
  const { api, documents } = await loaded({ rewrite: { ...rewrite, runs }, before });
  const { current } = documents.rewriting;
  expect(current?.state).toBe('writing');
  expect(current?.texts.all).toMatchObject([{ runId: 'run', text: 'The cups are broken.', status: 'done' }]);
  expect(documents.opened?.editor.shown).toMatchObject({ growing: true, changes: [{ insert: 'are' }] });
  api.push('run-changed', { run: { ...done('Broken cups.'), id: 'second' } });
  expect(current?.state).toBe('deciding');
  expect(current?.texts.all.map((text) => text.text)).toEqual(['The cups are broken.', 'Broken cups.']);
});

test('an empty first text is not shown while others are being generated', async () => {
  const runs = [done(''), { ...run, id: 'second', text: 'Broken' }];
  const { documents } = await loaded({ rewrite: { ...rewrite, runs }, before });
  expect(documents.rewriting.current?.texts.all).toEqual([]);
});

test('without a pending rewrite, or without its passage, the document is unchanged', async () => {
  const gone = await loaded({ rewrite, before }, 'Another text');
  expect(gone.documents.rewriting.current).toBeNull();
  expect((await loaded(null)).documents.rewriting.current).toBeNull();
});

test('the passage is found by the text before it', () => {
  const twice = `${selection}\n\n${selection}`;
  expect(placeIn(twice, { rewrite, before: `${selection}\n\n` })).toEqual({
    from: 21,
    to: 40,
  });
  expect(placeIn(twice, { rewrite, before: 'Else ' })).toBeNull();
});

test('a custom action is recognized by its instruction', () => {
  const own: CustomAction = {
    id: 'o',
    name: 'Ask',
    instruction: 'Write a question',
    shortcut: null,
    strategy: null,
  };
  expect(requestOf({ ...rewrite, instruction: 'Write a question:' }, [own]).name).toBe('Ask');
  expect(requestOf({ ...rewrite, instruction: 'Sing it:' }, [own]).name).toBe('Sing it:');
});
