import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { GenerationEvent } from '../../src-main/contract/generation.ts';
import { EventBatch, frameMs } from '../../src-main/host/event-batch.ts';

const event = (done: number): GenerationEvent => ({ type: 'prompt-progress', done, total: 1000 });

describe('event batches', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('the first event is sent immediately, the rest of the frame together', () => {
    const send = vi.fn();
    const batch = new EventBatch(send);
    [1, 2, 3].forEach((done) => batch.add(event(done)));
    expect(send.mock.calls).toEqual([[[event(1)]]]);
    vi.advanceTimersByTime(frameMs);
    expect(send.mock.calls).toEqual([[[event(1)]], [[event(2), event(3)]]]);
  });

  test('an event after a pause is sent immediately', () => {
    const send = vi.fn();
    const batch = new EventBatch(send);
    batch.add(event(1));
    vi.advanceTimersByTime(10 * frameMs);
    batch.add(event(2));
    expect(send).toHaveBeenCalledTimes(2);
  });

  test('flush sends the remaining events and leaves no timer', () => {
    const send = vi.fn();
    const batch = new EventBatch(send);
    batch.add(event(1));
    batch.add(event(2));
    batch.flush();
    expect(send).toHaveBeenCalledTimes(2);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('for any pauses, every event is sent once, in order, with at most one batch a frame', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 * frameMs }), { maxLength: 60 }), (pauses) => {
        const sent: { at: number; events: readonly GenerationEvent[] }[] = [];
        const batch = new EventBatch((events) => sent.push({ at: Date.now(), events }));
        pauses.forEach((milliseconds, index) => {
          batch.add(event(index));
          vi.advanceTimersByTime(milliseconds);
        });
        const frames = sent.map(({ at }) => at);
        batch.flush();
        expect(sent.flatMap(({ events }) => events)).toEqual(pauses.map((_, index) => event(index)));
        frames
          .slice(1)
          .forEach((at, index) => expect(at - (frames[index] ?? 0)).toBeGreaterThanOrEqual(frameMs));
      }),
      { numRuns: 200, seed: 1 },
    );
  });
});
