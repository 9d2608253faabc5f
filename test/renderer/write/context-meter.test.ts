import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ContextMeter, fitOf } from '../../../src-renderer/state/write/context-meter.svelte.ts';
import { statsAtEnd } from '../../../src-renderer/state/runs/run-stats.ts';
import { sampleStatistics } from '../../conversations/samples.ts';
import { FakeApi } from '../fake-api.ts';

const planned = (text: string) => ({ conversationId: null, parentId: null, systemPrompt: '', text });

describe('the context meter', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('counts the typed text after a pause, only the last one', async () => {
    const api = new FakeApi({ 'prompt-count': ({ text }) => text.length });
    const meter = new ContextMeter(api);
    meter.plan(planned('H'));
    meter.plan(planned('Hello'));
    await vi.advanceTimersByTimeAsync(1000);
    expect(meter.tokens).toBe(5);
    expect(api.countOf('prompt-count')).toBe(1);
    meter.clear();
    expect(meter.tokens).toBeNull();
  });

  test('ignores a late count, and works without one that fails', async () => {
    let answer = (_tokens: number): void => undefined;
    const api = new FakeApi({ 'prompt-count': () => new Promise<number>((resolve) => (answer = resolve)) });
    const meter = new ContextMeter(api);
    meter.plan(planned('old'));
    await vi.advanceTimersByTimeAsync(1000);
    const late = answer;
    meter.plan(planned('new'));
    late(3);
    await vi.advanceTimersByTimeAsync(0);
    expect(meter.tokens).toBeNull();
    api.refusals.set('prompt-count', { code: 'engine-unavailable', message: '', details: {} });
    await vi.advanceTimersByTimeAsync(1000);
    expect(meter.tokens).toBeNull();
  });

  test('says of a text that fills the context several times only that', async () => {
    const api = new FakeApi({ 'prompt-count': ({ text }) => (text.length > 100 ? null : text.length) });
    const meter = new ContextMeter(api);
    meter.plan(planned('x'.repeat(1_000_000)));
    await vi.advanceTimersByTimeAsync(1000);
    expect([meter.beyond, meter.tokens]).toEqual([true, null]);
    meter.plan(planned('short'));
    await vi.advanceTimersByTimeAsync(1000);
    expect([meter.beyond, meter.tokens]).toEqual([false, 5]);
  });

  test('counts one text at a time, and then the newest', async () => {
    const answers: ((tokens: number) => void)[] = [];
    const api = new FakeApi({
      'prompt-count': () => new Promise<number>((resolve) => answers.push(resolve)),
    });
    const meter = new ContextMeter(api);
    for (const text of ['a', 'ab', 'abc', 'abcd']) {
      meter.plan(planned(text));
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(api.asked).toHaveLength(1);
    answers[0]?.(1);
    await vi.advanceTimersByTimeAsync(0);
    expect(api.asked.map(({ argument }) => (argument as { text: string }).text)).toEqual(['a', 'abcd']);
    expect(meter.tokens).toBeNull();
    answers[1]?.(4);
    await vi.advanceTimersByTimeAsync(0);
    expect(meter.tokens).toBe(4);
  });
});

test.each([
  [null, 1024, { kind: 'fits' }],
  [100, 1024, { kind: 'fits' }],
  [700, 1024, { kind: 'fits' }],
  [900, 1024, { kind: 'tight', room: 100 }],
  [900, 50, { kind: 'fits' }],
  [999, 1024, { kind: 'tight', room: 1 }],
  [1000, 1024, { kind: 'over', excess: 1 }],
  [1500, 50, { kind: 'over', excess: 501 }],
] as const)('%s tokens of 1,000 with answers of %s: %j', (tokens, maxTokens, fit) => {
  expect(fitOf({ tokens, beyond: false }, 1000, maxTokens)).toEqual(fit);
});

test('the speed of a text that arrives all at once is measured over the whole time', () => {
  const base = { ...sampleStatistics, outputTokens: 31, totalMs: 3000, tokensPerSecond: 66_000 };
  expect(statsAtEnd({ ...base, firstTokenMs: 2999 }).tokensPerSecond).toBeCloseTo(10.33, 1);
  expect(statsAtEnd({ ...base, firstTokenMs: 500 }).tokensPerSecond).toBe(66_000);
});
