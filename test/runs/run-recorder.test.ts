import Database from 'better-sqlite3';
import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { comparisonRunOf } from '../../src-main/contract/comparison.ts';
import type { TokenEvent } from '../../src-main/contract/generation.ts';
import type { RecordedRun, TraceEvent } from '../../src-main/contract/run.ts';
import { openRecording } from './recording-stores.ts';
import type { RecorderOptions } from '../../src-main/runs/run-recorder.ts';
import {
  anyStatistics,
  anyToken,
  anyTraceEvent,
  sampleRequest,
  sampleRound,
} from '../comparisons/comparison-samples.ts';
import { searchStep } from '../comparisons/comparison-samples.ts';
import { sampleStatistics, tokenEvent } from '../conversations/samples.ts';
import { newFile } from '../database/temporary-folder.ts';

const never = 2_000_000_000;
const hung = { code: 'engine-hung', message: 'It hung.', details: { silenceMs: 5 } } as const;

/** A run as listed in its comparison. */
const columnRun = (run: RecordedRun) => run.owner.kind === 'column' && comparisonRunOf(run, run.owner);

/** A run being recorded in a new database, and its saved state as a second connection reads it. */
function writing(options: Partial<RecorderOptions> = {}) {
  const file = newFile();
  const stores = openRecording(file, {
    lockTimeoutMs: 1,
    now: () => 5000,
    recorder: { saveEveryMs: never, saveEveryTokens: never, ...options },
  });
  const { comparisons, database } = stores;
  const comparison = comparisons.create(sampleRequest);
  const runId = comparison.runs[0]?.id ?? expect.fail();
  const writer = stores.record(runId);
  const other = new Database(file);
  onTestFinished(() => {
    writer.abandon();
    other.close();
    stores.close();
  });
  const stored = () => stores.run(runId);
  return { file, database, stores, comparisons, comparison, runId, writer, other, stored };
}

describe('a run that is being written', () => {
  it('is saved with the event that reaches the limit', () => {
    const { writer, stored } = writing({ saveEveryTokens: 3 });
    expect(stored()).toMatchObject({ status: 'streaming', startedAt: 5000, text: '' });
    writer.add(tokenEvent(0));
    writer.add(sampleRound);
    expect(stored()).toMatchObject({ text: '', tokens: [], trace: [] });
    writer.add(tokenEvent(1));
    expect(stored()).toEqual(writer.run);
    expect(stored()).toMatchObject({ status: 'streaming', text: '0 1 ', trace: [sampleRound] });
    writer.add(tokenEvent(2));
    expect(stored().text).toBe('0 1 ');
    expect(writer.run.text).toBe('0 1 2 ');
    expect(writer.saved).toBe(false);
  });

  it('is saved when it reaches the maximum age without new events', async () => {
    const { writer, stored } = writing({ saveEveryMs: 1 });
    writer.add(searchStep(2, 0));
    await vi.waitFor(() => expect(stored().trace).toEqual([searchStep(2, 0)]));
    expect(writer.saved).toBe(true);
  });

  it('records the origin of each token, NaN and infinities', () => {
    const { writer, stored } = writing();
    writer.add({ ...tokenEvent(0), logProbability: -Infinity, policyLogProbability: NaN });
    writer.add({ ...tokenEvent(1), origin: 'recovered' });
    writer.finish('length', { ...sampleStatistics, perplexity: Infinity });
    expect(stored()).toEqual(writer.run);
    expect(stored().tokens[0]).toEqual({
      position: 0,
      id: 0,
      text: '0 ',
      logProbability: -Infinity,
      policyLogProbability: NaN,
    });
    expect(stored().tokens[1]?.origin).toBe('recovered');
  });
});

describe('new figures of tokens', () => {
  const approximate = (position: number) => ({ ...tokenEvent(position), approximate: true as const });

  it('replace those of saved and of unsaved tokens', () => {
    const { writer, stored } = writing();
    for (const position of [0, 1, 2]) writer.add(approximate(position));
    writer.save();
    expect(stored().tokens.map((token) => token.approximate)).toEqual([true, true, true]);
    writer.add(approximate(3));
    const figures = [-0.5, -0.25, -0.125].map((logProbability) => ({ logProbability }));
    writer.add({ type: 'rescored', position: 1, tokens: figures });
    expect(stored().tokens).toHaveLength(3);
    writer.save();
    expect(stored()).toEqual(writer.run);
    expect(
      stored()
        .tokens.map(({ logProbability }) => logProbability)
        .slice(1),
    ).toEqual([-0.5, -0.25, -0.125]);
    expect(stored().tokens.map((token) => token.approximate)).toEqual([
      true,
      undefined,
      undefined,
      undefined,
    ]);
    expect(stored().trace).toEqual([]);
  });

  it('are not those of a token that has exact ones', () => {
    const { writer, stored } = writing();
    writer.add(tokenEvent(0));
    writer.add({ type: 'rescored', position: 0, tokens: [{ logProbability: -8 }] });
    writer.save();
    expect(stored().tokens[0]?.logProbability).toBe(tokenEvent(0).logProbability);
  });

  it('arrive at any time: what a kill leaves is exact or marked', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.array(fc.record({ from: fc.nat(29), count: fc.integer({ min: 1, max: 9 }), save: fc.boolean() })),
        (length, events) => {
          const { writer, stored } = writing();
          for (let position = 0; position < length; position++) writer.add(approximate(position));
          for (const { from, count, save } of events) {
            const tokens = Array.from({ length: count }, (_, index) => ({
              logProbability: -1 - from - index,
            }));
            writer.add({ type: 'rescored', position: from, tokens });
            if (save) writer.save();
            for (const token of stored().tokens)
              if (!token.approximate) expect(token.logProbability).toBe(-1 - token.position);
          }
          writer.save();
          expect(stored()).toEqual(writer.run);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('are saved with the next save if one fails', () => {
    const { writer, database, other, stored } = writing();
    writer.add(approximate(0));
    writer.save();
    other.exec('BEGIN IMMEDIATE');
    writer.add({ type: 'rescored', position: 0, tokens: [{ logProbability: -0.5 }] });
    expect(() => writer.save()).toThrow();
    other.exec('COMMIT');
    expect(stored().tokens[0]?.approximate).toBe(true);
    writer.save();
    expect(stored().tokens[0]).toMatchObject({ logProbability: -0.5 });
    expect(stored()).toEqual(writer.run);
    expect(database.connection.open).toBe(true);
  });
});

describe('the end of a run', () => {
  it('distinguishes done, stopped, failed and interrupted runs', () => {
    const done = writing();
    done.writer.finish('end-token', sampleStatistics);
    expect(done.stored()).toMatchObject({ status: 'done', endReason: 'end-token' });
    expect(done.stored().statistics).toEqual(sampleStatistics);
    const stopped = writing();
    stopped.writer.finish('stopped', sampleStatistics);
    expect(stopped.stored()).toMatchObject({ status: 'stopped', endReason: 'stopped' });
    const failed = writing();
    failed.writer.fail(hung);
    expect(failed.stored()).toMatchObject({ status: 'failed', endReason: null, error: hung });
    const interrupted = writing();
    interrupted.writer.add(tokenEvent(0, 'so far'));
    interrupted.writer.interrupt();
    expect(interrupted.stored()).toMatchObject({ status: 'interrupted', text: 'so far', statistics: null });
  });

  it('is recorded once: later events have no effect', () => {
    const { writer, stored } = writing({ saveEveryTokens: 1 });
    writer.finish('end-token', sampleStatistics);
    const before = stored();
    writer.add(tokenEvent(0));
    writer.add(sampleRound);
    writer.fail(hung);
    expect(stored()).toEqual(before);
    expect(writer.run).toEqual(before);
  });

  it('of a deleted comparison is accepted and stored nowhere', () => {
    const { comparisons, comparison, writer, other } = writing();
    writer.add(tokenEvent(0));
    writer.add(sampleRound);
    comparisons.remove(comparison.id);
    writer.finish('end-token', sampleStatistics);
    expect(writer.saved).toBe(true);
    const count = (table: string) => other.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
    expect(['run_tokens', 'run_trace'].map(count)).toEqual([0, 0]);
  });
});

describe('an unfinished run', () => {
  it('waits again with its text until it starts', () => {
    const { stores, runId, writer, stored } = writing();
    writer.add(tokenEvent(0, 'old'));
    writer.add(sampleRound);
    writer.fail(hung);
    const waiting = stores.requeue(runId);
    expect(waiting).toEqual({ ...writer.run, status: 'waiting', error: null, startedAt: null });
    expect(stored()).toEqual(waiting);
    const again = stores.record(waiting.id);
    expect(stored()).toMatchObject({ status: 'streaming', text: '', tokens: [], trace: [] });
    again.add(tokenEvent(0, 'new'));
    again.finish('end-token', sampleStatistics);
    expect(stored()).toEqual(again.run);
    expect(stored().text).toBe('new');
  });

  it('is the only kind that is requeued, and only a waiting run starts', () => {
    const { stores, comparison, runId, writer, stored } = writing();
    expect(stores.requeue(runId).status).toBe('streaming');
    expect(() => stores.record(runId)).toThrow(`No run ${runId} waits to be started`);
    writer.finish('end-token', sampleStatistics);
    const done = stored();
    expect(stores.requeue(runId)).toEqual(done);
    expect(() => stores.record(runId)).toThrow(expect.objectContaining({ code: 'not-found' }));
    expect(stored()).toEqual(done);
    const waiting = comparison.runs[1] ?? expect.fail();
    expect(columnRun(stores.requeue(waiting.id))).toEqual(waiting);
  });

  it('is interrupted at the next start, and no other run is', () => {
    const { file, stores, comparison, writer } = writing({ saveEveryTokens: 1 });
    const done = stores.record(comparison.runs[1]?.id ?? '');
    done.finish('end-token', sampleStatistics);
    writer.add(tokenEvent(0, 'so far'));
    // Not closed: as if the process had been killed here.
    const after = openRecording(file);
    const runs = comparison.runs.map(({ id }) => after.run(id));
    after.close();
    const statuses = ['interrupted', 'done', 'waiting', 'waiting', 'waiting', 'waiting'];
    expect(runs.map(({ status }) => status)).toEqual(statuses);
    expect(runs[0]).toEqual({ ...writer.run, status: 'interrupted' });
    expect(runs[0]?.text).toBe('so far');
  });
});

describe('a database that rejects a save', () => {
  it('loses nothing: a locked one receives it once it is unlocked, with its end', async () => {
    const { writer, other, stored } = writing({ saveEveryTokens: 2, retryMs: 1 });
    const onSaved = vi.fn();
    other.exec('BEGIN IMMEDIATE');
    for (let position = 0; position < 5; position++) {
      writer.add(searchStep(2, position));
      writer.add(tokenEvent(position));
    }
    expect(writer.run).toMatchObject({ status: 'streaming', error: { code: 'database-failed' } });
    expect(() => writer.save()).toThrow(expect.objectContaining({ code: 'database-failed' }));
    writer.finish('end-token', sampleStatistics);
    writer.onceSaved(onSaved);
    expect(writer.run.status).toBe('failed');
    expect(stored()).toMatchObject({ text: '', tokens: [], trace: [] });
    other.exec('ROLLBACK');
    await vi.waitFor(() => expect(onSaved).toHaveBeenCalledOnce());
    expect(stored()).toEqual(writer.run);
    expect(stored()).toMatchObject({ status: 'done', text: '0 1 2 3 4 ', error: null });
    expect(stored().trace).toHaveLength(5);
  });

  it('is reported as full if it is, and a failed save is rolled back', () => {
    const { database, writer, stored } = writing({ saveEveryTokens: 2 });
    const pages = database.connection.pragma('page_count', { simple: true }) as number;
    database.connection.pragma(`max_page_count = ${pages}`);
    writer.add({ ...sampleRound, proposed: ['x'.repeat(100_000)] } as TraceEvent);
    writer.add(tokenEvent(0));
    expect(writer.run.error).toMatchObject({
      code: 'disk-full',
      message: expect.stringMatching(/^Foredraft can't save the run in .* because the disk is full: free/),
    });
    expect(stored()).toMatchObject({ text: '', tokens: [], trace: [] });
    database.connection.pragma(`max_page_count = ${pages + 1000}`);
    writer.save();
    expect(stored()).toEqual(writer.run);
    expect(stored()).toMatchObject({ text: '0 ', error: null });
  });

  it('prevents a run from starting that it can’t save', () => {
    const { stores, comparisons, comparison, other } = writing();
    other.exec('BEGIN IMMEDIATE');
    const waiting = comparison.runs[1] ?? expect.fail();
    expect(() => stores.record(waiting.id)).toThrow(/^Foredraft can't save the run in .* has it locked/);
    expect(() => comparisons.create(sampleRequest)).toThrow(/^Foredraft can't save the comparison in/);
    other.exec('ROLLBACK');
    expect(columnRun(stores.run(waiting.id))).toEqual(waiting);
    expect(comparisons.list()).toHaveLength(1);
  });
});

describe('any events in any order of saves', () => {
  const token = anyToken.map((each): TokenEvent => ({ type: 'token', position: 0, ...each }));
  const event = fc.oneof(token, anyTraceEvent);

  it('are read back unchanged', () => {
    const everyEnd = [
      fc.array(event, { maxLength: 30 }),
      fc.integer({ min: 1, max: 7 }),
      anyStatistics,
    ] as const;
    fc.assert(
      fc.property(...everyEnd, (list, saveEveryTokens, statistics) => {
        const { writer, stored } = writing({ saveEveryTokens });
        let position = 0;
        const expected = list.map((each) =>
          each.type === 'token' ? { ...each, position: position++ } : each,
        );
        for (const each of expected) writer.add(each);
        writer.finish('end-token', statistics);
        const run = stored();
        expect(run).toEqual(writer.run);
        expect(run.statistics).toEqual(statistics);
        expect(run.tokens.map((each) => ({ type: 'token', ...each }))).toEqual(
          expected.filter(({ type }) => type === 'token'),
        );
        expect(run.trace).toEqual(expected.filter(({ type }) => type !== 'token'));
      }),
      { numRuns: 40 },
    );
  });
});
