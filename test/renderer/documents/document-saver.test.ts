import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ForedraftError } from '../../../src-main/contract/error.ts';
import { DocumentSaver } from '../../../src-renderer/state/documents/document-saver.svelte.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A saver of a text that the test changes, and the texts it has saved. */
function saverOf(write: (text: string) => Promise<void> = () => Promise.resolve()) {
  const text = { now: '' };
  const written: string[] = [];
  const saver = new DocumentSaver(
    () => text.now,
    async (saved) => {
      await write(saved);
      written.push(saved);
    },
  );
  const type = (letters: string) => {
    text.now += letters;
    saver.changed();
  };
  return { saver, written, type };
}

describe('a document', () => {
  test('is saved shortly after the last keystroke', async () => {
    const { saver, written, type } = saverOf();
    type('a');
    await vi.advanceTimersByTimeAsync(200);
    type('b');
    await vi.advanceTimersByTimeAsync(299);
    expect([written, saver.state]).toEqual([[], 'unsaved']);
    await vi.advanceTimersByTimeAsync(1);
    expect([written, saver.state]).toEqual([['ab'], 'saved']);
  });

  test('is saved within 800 ms during continuous typing', async () => {
    const { written, type } = saverOf();
    for (let time = 0; time < 2400; time += 100) {
      type('x');
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(written.length).toBeGreaterThanOrEqual(2);
    expect(written[0]).toHaveLength(8);
  });

  test('is saved at once on request, with changes made during the save', async () => {
    let release: () => void = () => undefined;
    const { saver, written, type } = saverOf(() => new Promise((resolve) => (release = resolve)));
    type('a');
    const first = saver.flush();
    await vi.advanceTimersByTimeAsync(0);
    type('b');
    const second = saver.flush();
    release();
    await vi.advanceTimersByTimeAsync(0);
    release();
    await first;
    expect(await second).toBe(true);
    expect(written).toEqual(['a', 'ab']);
  });

  test('that can’t be saved reports it, and is retried until it is saved', async () => {
    const full = new ForedraftError('disk-full', 'The disk is full: make room.');
    let refuse = true;
    const { saver, written, type } = saverOf(() => (refuse ? Promise.reject(full) : Promise.resolve()));
    type('a');
    expect(await saver.flush()).toBe(false);
    expect([saver.state, saver.error?.code]).toEqual(['failed', 'disk-full']);
    refuse = false;
    await vi.advanceTimersByTimeAsync(2000);
    expect([saver.state, saver.error, written]).toEqual(['saved', null, ['a']]);
  });
});
