import { describe, expect, test } from 'vitest';
import type { GenerationEvent } from '../../src-main/contract/generation.ts';
import { BatchQueue } from '../../src-main/host/batch-queue.ts';

const batch = (done: number): GenerationEvent[] => [{ type: 'prompt-progress', done, total: 9 }];

describe('the batch queue', () => {
  test('returns batches in order, whether the batch or its consumer comes first', async () => {
    const queue = new BatchQueue();
    queue.push(batch(1));
    queue.push(batch(2));
    expect(await queue.next()).toEqual(batch(1));
    expect(await queue.next()).toEqual(batch(2));
    const waiting = queue.next();
    queue.push(batch(3));
    expect(await waiting).toEqual(batch(3));
  });

  test('returns the batches before a failure, then rejects with the first failure every time', async () => {
    const queue = new BatchQueue();
    queue.push(batch(1));
    queue.fail(new Error('first'));
    queue.fail(new Error('second'));
    expect(await queue.next()).toEqual(batch(1));
    await expect(queue.next()).rejects.toThrow('first');
    await expect(queue.next()).rejects.toThrow('first');
  });

  test('rejects for a waiting consumer on failure', async () => {
    const queue = new BatchQueue();
    const waiting = expect(queue.next()).rejects.toThrow('gone');
    queue.fail(new Error('gone'));
    await waiting;
  });
});
