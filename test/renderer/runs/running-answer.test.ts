import { expect, test } from 'vitest';
import type { GenerationEvent } from '../../../src-main/contract/generation.ts';
import { RunningAnswer } from '../../../src-renderer/state/runs/running-answer.svelte.ts';
import { RunningAnswers } from '../../../src-renderer/state/runs/running-answers.svelte.ts';
import { conversationId, message, run, runOf, statistics } from '../sample.ts';

const token = (position: number, text: string): GenerationEvent => ({
  type: 'token',
  position,
  id: position,
  text,
  logProbability: -0.1,
  policyLogProbability: 0,
});
const streaming = (content = '') =>
  message({ id: 'answer', parentId: 'question', role: 'assistant', content, status: 'streaming' });

test('text grows by each token, and its speed is measured', () => {
  let now = 0;
  const answer = new RunningAnswer('answer', run.id, () => now);
  answer.apply([{ type: 'prompt-progress', done: 64, total: 100 }]);
  expect([answer.promptDone, answer.promptTotal]).toEqual([64, 100]);
  now = 250;
  answer.apply([token(0, 'Once')]);
  expect(answer.firstTokenMs).toBe(250);
  expect(answer.tokensPerSecond).toBeNull();
  now = 350;
  answer.apply([token(1, ' upon')]);
  // The text is shown at once, the figures no more often than they can be read.
  expect(answer.text).toBe('Once upon');
  expect(answer.tokens).toBe(1);
  now = 750;
  answer.apply([token(2, ' a')]);
  expect(answer.text).toBe('Once upon a');
  expect(answer.tokens).toBe(3);
  expect(answer.tokensPerSecond).toBeCloseTo(4);
  answer.apply([{ type: 'end', reason: 'end-token', statistics }]);
  expect(answer.reason).toBe('end-token');
});

test('an answer that was followed from the start keeps what was streamed', () => {
  const answer = new RunningAnswer('answer', run.id, () => 0);
  answer.apply([token(0, 'Once'), token(1, ' upon')]);
  answer.attach(streaming('Once'));
  expect(answer.text).toBe('Once upon');
});

test('an answer that was joined halfway begins with what main has', () => {
  const answer = new RunningAnswer('answer', run.id, () => 0);
  answer.attach(streaming('Once upon'));
  answer.apply([token(2, ' a')]);
  expect(answer.text).toBe('Once upon a');
  expect(answer.firstTokenMs).toBeNull();
});

test('an answer that has ended is not brought back by what was still under way', () => {
  const answers = new RunningAnswers(() => 0);
  answers.attach(streaming());
  expect(answers.any).toBe(true);
  const settled = { ...streaming('Once'), status: 'stopped' as const };
  const { owner, ...rest } = runOf(settled);
  if (owner.kind === 'message') answers.change({ ...rest, owner }, owner);
  expect(answers.ofRun(run.id)).toBeUndefined();
  answers.attach(streaming());
  expect(answers.any).toBe(false);
  expect(answers.latest(streaming())).toEqual(settled);
});

test('an answer is found by its run, from its start on', () => {
  const answers = new RunningAnswers(() => 0);
  const started = runOf(streaming('Once'));
  if (started.owner.kind === 'message') answers.change(started, started.owner);
  expect(answers.ofRun(started.id)?.text).toBe('Once');
  expect(answers.ofRun('another')).toBeUndefined();
});

test('an answer is found by its conversation', () => {
  const answers = new RunningAnswers(() => 0);
  answers.attach(streaming());
  expect(answers.inConversation(conversationId)?.messageId).toBe('answer');
  expect(answers.inConversation('another')).toBeUndefined();
  expect(answers.inConversation(null)).toBeUndefined();
});
