import { expect, test } from 'vitest';
import { LiveRun } from '../../../src-renderer/state/runs/live-run.svelte.ts';
import { contextUsed } from '../../../src-renderer/state/write/context-use.ts';
import { message, runOf } from '../sample.ts';

test('the context in use is the prompt and the answer so far', () => {
  const leaf = message({ id: 'answer', parentId: 'question', role: 'assistant' });
  expect(contextUsed(leaf, undefined)).toBe(58 + 101);
  const running = new LiveRun(runOf({ ...leaf, content: '' }), () => 0);
  running.apply([
    { type: 'prompt-progress', done: 200, total: 200 },
    { type: 'token', position: 0, id: 1, text: 'a', logProbability: 0, policyLogProbability: 0 },
  ]);
  expect(contextUsed(leaf, running)).toBe(201);
  expect(contextUsed(null, undefined)).toBeNull();
  expect(contextUsed(message({ id: 'question', parentId: null }), undefined)).toBeNull();
});
