import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { maximumRewriteAlternatives } from '../../../src-main/contract/document.ts';
import { LiveRuns } from '../../../src-renderer/state/runs/live-runs.svelte.ts';
import { comparisonId, ofColumn, streaming, tokenEvent } from '../compare/sample-comparison.ts';
import { FakeApi } from '../fake-api.ts';
import { conversationId, message, runOf } from '../sample.ts';

const started = runOf(
  message({ id: 'answer', parentId: 'question', role: 'assistant', content: '', status: 'streaming' }),
);
const { id: runId } = started;
let api: FakeApi;
let runs: LiveRuns;

beforeEach(() => {
  api = new FakeApi({});
  runs = new LiveRuns(api, () => 0);
  onTestFinished(runs.listen());
});

const start = () => api.push('run-changed', { run: started });
const generate = (position: number, text: string) =>
  api.push('run-events', { runId, events: [tokenEvent(position, text)] });

test('a run followed from its start keeps its text when a reply is older', () => {
  start();
  generate(0, 'Once');
  generate(1, ' upon');
  runs.follow({ ...started, text: 'Once' });
  expect(runs.of(runId)?.text).toBe('Once upon');
});

test('a run joined midway starts with the events that main has', () => {
  const { id, owner, startedAt } = started;
  runs.follow({ id, owner, startedAt, text: 'Once upon' });
  generate(2, ' a');
  expect(runs.of(runId)?.text).toBe('Once upon a');
});

test('events of an unknown run change nothing', () => {
  generate(0, 'Once');
  expect(runs.of(runId)).toBeUndefined();
});

test('an ended run is not revived by a late reply, but starts again once main says so', () => {
  start();
  const stopped = { ...started, status: 'stopped', text: 'Once' } as const;
  api.push('run-changed', { run: stopped });
  expect([runs.of(runId), runs.any('message')]).toEqual([undefined, false]);
  runs.follow(started);
  expect([runs.any('message'), runs.ended(runId)]).toEqual([false, stopped]);
  start();
  expect([runs.any('message'), runs.any('column')]).toEqual([true, false]);
});

test('only as many ended runs are retained as a rewrite has', () => {
  const done = Array.from({ length: maximumRewriteAlternatives + 1 }, (_, index) => {
    return { ...started, id: `run ${index}`, status: 'done' } as const;
  });
  for (const run of done) api.push('run-changed', { run });
  expect(done.map(({ id }) => runs.ended(id))).toEqual([undefined, ...done.slice(1)]);
});

test('an ended column is not retained, but not revived either', () => {
  const column = ofColumn(comparisonId, streaming('a', 'One'));
  api.push('run-changed', { run: column });
  api.push('run-changed', { run: { ...column, status: 'done' } });
  runs.follow(column);
  expect([runs.ended(column.id), runs.any('column')]).toEqual([undefined, false]);
});

test('a run is found by its owner', () => {
  start();
  const inConversation = (id: string) =>
    runs.find((owner) => owner.kind === 'message' && owner.conversationId === id);
  expect(inConversation(conversationId)?.id).toBe(runId);
  expect(inConversation('another')).toBeUndefined();
});

test('listeners are notified of starts, text and ends until they unsubscribe', () => {
  const [changed, grown] = [vi.fn(), vi.fn()];
  const unsubscribe = runs.subscribe({ changed, grown });
  start();
  generate(0, 'Once');
  const live = runs.of(runId);
  expect(grown).toHaveBeenCalledExactlyOnceWith(live);
  const done = { ...started, status: 'done', text: 'Once' } as const;
  api.push('run-changed', { run: done });
  expect(changed.mock.calls).toEqual([[started], [done]]);
  unsubscribe();
  start();
  expect(changed).toHaveBeenCalledTimes(2);
});
