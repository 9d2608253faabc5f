import Database from 'better-sqlite3';
import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openRecording } from './recording-stores.ts';
import type { RecorderOptions } from '../../src-main/runs/run-recorder.ts';
import { sampleRun, sampleStatistics, tokenEvent } from '../conversations/samples.ts';
import { newFile } from '../database/temporary-folder.ts';

const never = 2_000_000_000;

/** An answer being recorded in a new database, and its saved text as a second connection reads it. */
function writing(options: Partial<RecorderOptions>) {
  const file = newFile();
  const stores = openRecording(file, {
    lockTimeoutMs: 1,
    recorder: { saveEveryMs: never, saveEveryTokens: never, ...options },
  });
  const conversationId = stores.conversations.create('').id;
  const written = stores.ask({ conversationId, parentId: null, content: 'Why?' }, sampleRun);
  const writer = written.recorder;
  const other = new Database(file);
  const text = other.prepare<[string], string>('SELECT text FROM runs WHERE id = ?').pluck();
  onTestFinished(() => {
    writer.abandon();
    other.close();
    stores.close();
  });
  const message = () => stores.conversations.open(conversationId).messages.at(-1);
  const tokens = () => stores.runs.tokens(writer.run.id);
  const content = () => text.get(writer.run.id);
  return { database: stores.database, stores, written, writer, other, message, tokens, content };
}

describe('text of a running answer', () => {
  it('is saved with the token that reaches the limit, and not before', () => {
    const { writer, written, content, tokens } = writing({ saveEveryTokens: 3 });
    writer.add(tokenEvent(0));
    writer.add(tokenEvent(1));
    expect(content()).toBe('');
    writer.add(tokenEvent(2));
    expect(content()).toBe('0 1 2 ');
    expect(tokens()).toHaveLength(3);
    writer.add(tokenEvent(3));
    expect(content()).toBe('0 1 2 ');
    expect(written.message.content).toBe('0 1 2 3 ');
    expect(writer.saved).toBe(false);
  });

  it('is saved when it reaches the maximum age without new events', async () => {
    const { writer, content } = writing({ saveEveryMs: 1 });
    writer.add(tokenEvent(0));
    await vi.waitFor(() => expect(content()).toBe('0 '));
  });

  it('is saved by the next token if the timer is late', () => {
    let time = 0;
    const { writer, content } = writing({ saveEveryMs: 200, clock: () => time });
    writer.add(tokenEvent(0));
    time = 199;
    writer.add(tokenEvent(1));
    expect(content()).toBe('');
    time = 200;
    writer.add(tokenEvent(2));
    expect(content()).toBe('0 1 2 ');
    time = 399;
    writer.add(tokenEvent(3));
    expect(content()).toBe('0 1 2 ');
  });
});

describe('the end of an answer', () => {
  it('is saved with its reason and statistics, including NaN and infinities', () => {
    const { writer, written, message, tokens } = writing({});
    writer.add(tokenEvent(0, 'a'));
    writer.add({ ...tokenEvent(1, 'b'), logProbability: -Infinity, policyLogProbability: NaN });
    const statistics = {
      ...sampleStatistics,
      logProbabilitySum: -Infinity,
      perplexity: Infinity,
      forwards: NaN,
    };
    writer.finish('length', statistics);
    expect(writer.saved).toBe(true);
    expect(message()).toEqual(written.message);
    expect(message()).toMatchObject({
      content: 'ab',
      status: 'done',
      run: { endReason: 'length', statistics },
    });
    expect(tokens().at(-1)).toMatchObject({ logProbability: -Infinity, policyLogProbability: NaN });
  });

  it('distinguishes stopped, failed and interrupted answers', () => {
    const stopped = writing({});
    stopped.writer.finish('stopped', sampleStatistics);
    expect(stopped.message()).toMatchObject({
      status: 'stopped',
      run: { endReason: 'stopped', error: null },
    });

    const failed = writing({});
    const error = { code: 'engine-hung', message: 'It hung.', details: { silenceMs: 5 } } as const;
    failed.writer.fail(error);
    expect(failed.message()).toMatchObject({
      status: 'failed',
      run: { endReason: null, statistics: null, error },
    });

    const interrupted = writing({});
    interrupted.writer.add(tokenEvent(0, 'so far'));
    interrupted.writer.interrupt();
    expect(interrupted.message()).toMatchObject({ status: 'interrupted', content: 'so far' });
  });

  it('is recorded once: later events have no effect', () => {
    const { writer, written, message } = writing({ saveEveryTokens: 1 });
    writer.finish('end-token', sampleStatistics);
    const before = message();
    writer.add(tokenEvent(0));
    writer.fail({ code: 'engine-hung', message: 'It hung.', details: {} });
    writer.interrupt();
    expect(message()).toEqual(before);
    expect(written.message).toEqual(before);
  });

  it('of a deleted conversation is accepted and stored nowhere', () => {
    const { stores, writer, other } = writing({});
    writer.add(tokenEvent(0));
    for (const { id } of stores.conversations.list()) stores.conversations.delete(id);
    stores.conversations.empty();
    writer.finish('end-token', sampleStatistics);
    expect(writer.saved).toBe(true);
    expect(other.prepare('SELECT count(*) FROM run_tokens').pluck().get()).toBe(0);
  });
});

describe('a database that refuses a save', () => {
  it('loses no text: it is saved once the database is unlocked', async () => {
    const { writer, written, other, message, tokens } = writing({ saveEveryTokens: 2, retryMs: 1 });
    other.exec('BEGIN IMMEDIATE');
    for (let position = 0; position < 5; position++) writer.add(tokenEvent(position));
    expect(written.message).toMatchObject({
      content: '0 1 2 3 4 ',
      status: 'streaming',
      run: { error: { code: 'database-failed' } },
    });
    expect(() => writer.save()).toThrow(expect.objectContaining({ code: 'database-failed' }));
    expect(message()?.content).toBe('');
    other.exec('ROLLBACK');
    await vi.waitFor(() => expect(message()?.content).toBe('0 1 2 3 4 '));
    expect(tokens()).toHaveLength(5);
    expect(written.message.run?.error).toBeNull();
  });

  it('also retries the end, and notifies once it is saved', async () => {
    const { writer, written, other, message } = writing({ retryMs: 1 });
    const onSaved = vi.fn();
    other.exec('BEGIN IMMEDIATE');
    writer.add(tokenEvent(0));
    writer.finish('end-token', sampleStatistics);
    writer.onceSaved(onSaved);
    expect(written.message.status).toBe('failed');
    expect(onSaved).not.toHaveBeenCalled();
    other.exec('ROLLBACK');
    await vi.waitFor(() => expect(onSaved).toHaveBeenCalledOnce());
    expect(message()).toEqual(written.message);
    expect(message()).toMatchObject({ content: '0 ', status: 'done', run: { error: null } });
  });

  it('is reported as full if it is, and a failed save is rolled back', () => {
    const { database, writer, written, message, tokens } = writing({ saveEveryTokens: 1 });
    const pages = database.connection.pragma('page_count', { simple: true }) as number;
    database.connection.pragma(`max_page_count = ${pages}`);
    writer.add(tokenEvent(0, 'x'.repeat(100_000)));
    expect(written.message.run?.error).toMatchObject({
      code: 'disk-full',
      message: expect.stringMatching(
        /^Foredraft can't save the answer in .* because the disk is full: free some space/,
      ),
    });
    expect(message()?.content).toBe('');
    expect(tokens()).toEqual([]);
    database.connection.pragma(`max_page_count = ${pages + 1000}`);
    writer.save();
    expect(message()?.content).toHaveLength(100_000);
    expect(tokens()).toHaveLength(1);
  });
});

describe('any tokens in any order of saves', () => {
  const number = fc.double({ noDefaultInfinity: false }).map((value) => (value === 0 ? 0 : value));
  const token = fc.record({
    id: fc.nat(),
    text: fc.string({ unit: 'binary' }),
    logProbability: number,
    policyLogProbability: number,
  });
  const origin = fc.record(
    {
      origin: fc.constantFrom('model' as const, 'accepted' as const, 'recovered' as const, 'bonus' as const),
    },
    { requiredKeys: [] },
  );
  const kept = fc.tuple(token, origin).map(([numbers, where]) => ({ ...numbers, ...where }));

  it('are read back unchanged', () => {
    fc.assert(
      fc.property(
        fc.array(kept, { maxLength: 40 }),
        fc.integer({ min: 1, max: 7 }),
        (list, saveEveryTokens) => {
          const { writer, message, tokens } = writing({ saveEveryTokens });
          list.forEach((each, position) => writer.add({ type: 'token', position, ...each }));
          writer.finish('end-token', sampleStatistics);
          expect(tokens()).toEqual(list.map((each, position) => ({ position, ...each })));
          expect(message()?.content).toBe(list.map(({ text }) => text).join(''));
        },
      ),
      { numRuns: 40 },
    );
  });
});
