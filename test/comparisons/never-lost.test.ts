import Database from 'better-sqlite3';
import { describe, expect, it, vi } from 'vitest';
import { ForedraftError } from '../../src-main/contract/error.ts';
import { FakeEngine } from '../conversations/fake-engine.ts';
import { answerAtOnce, asked, ended, failure, program, request, statuses } from './program.ts';

const crash = new ForedraftError('engine-crashed', 'The engine stopped unexpectedly.');
const down = { state: 'failed', error: { code: crash.code, message: crash.message, details: {} } } as const;

describe('an engine that crashes', () => {
  it('fails the run in progress; the others run once it has restarted', async () => {
    const all = program();
    const { id } = all.comparisons.start(request);
    await asked(all, 1);
    all.engine.write('There was');
    all.engine.status = { ...down, restartable: true };
    all.engine.fail(crash);
    await vi.waitFor(() => expect(all.comparisons.open(id).runs[0]?.status).toBe('failed'));
    expect(all.comparisons.open(id).runs[0]).toMatchObject({ text: 'There was', error: down.error });
    expect(all.comparisons.running()?.queuedRunIds).toHaveLength(2);
    answerAtOnce(all);
    all.engine.status = new FakeEngine().status;
    await ended(all);
    expect(statuses(all.comparisons.open(id))).toEqual(['Greedy 0 failed', 'Sampling 0 done', 'Beam 0 done']);
  });

  it('permanently leaves the other runs waiting', async () => {
    const all = program();
    const { id } = all.comparisons.start(request);
    await asked(all, 1);
    all.engine.status = { ...down, restartable: true };
    all.engine.fail(crash);
    await ended(all);
    const put = ['Greedy 0 failed', 'Sampling 0 waiting', 'Beam 0 waiting'];
    expect(statuses(all.stores.comparisons.open(id))).toEqual(put);
  });

  it('is not awaited once the comparison is stopped', async () => {
    const all = program(undefined, 3_600_000);
    const { id } = all.comparisons.start(request);
    await asked(all, 1);
    all.engine.status = { ...down, restartable: true };
    all.engine.fail(crash);
    await vi.waitFor(() => expect(all.comparisons.open(id).runs[0]?.status).toBe('failed'));
    all.comparisons.stop(id, null);
    await ended(all);
    expect(all.engine.requests).toHaveLength(1);
  });

  it('and restarts with another model leaves the other runs waiting', async () => {
    const all = program();
    const { status } = all.engine;
    if (status.state !== 'ready') throw new Error('the engine is ready');
    const { id } = all.comparisons.start(request);
    await asked(all, 1);
    all.engine.status = { ...status, model: { ...status.model, id: 'other-model' } };
    all.engine.fail(crash);
    await ended(all);
    expect(all.engine.requests).toHaveLength(1);
    expect(statuses(all.comparisons.open(id)).slice(1)).toEqual(['Sampling 0 waiting', 'Beam 0 waiting']);
  });
});

describe('the program ends', () => {
  it('by quitting: the text is saved as interrupted, whatever the engine sends later, and can be resumed', async () => {
    const all = program();
    all.engine.onAbort = () => {
      all.engine.write(' and more');
      all.engine.fail(crash);
    };
    const { id } = all.comparisons.start(request);
    await asked(all, 1);
    all.engine.write('There was');
    await vi.waitFor(() => expect(all.comparisons.open(id).runs[0]?.text).toBe('There was'));
    all.close();
    await new Promise((resolve) => setImmediate(resolve));
    expect(all.changedRuns().map(({ status }) => status)).toEqual(['streaming']);
    expect(all.engine.requests).toHaveLength(1);

    const next = program(all.file);
    const reopened = next.comparisons.open(id);
    expect(statuses(reopened)).toEqual(['Greedy 0 interrupted', 'Sampling 0 waiting', 'Beam 0 waiting']);
    expect(reopened.runs[0]?.text).toBe('There was');
    answerAtOnce(next);
    next.comparisons.resume(id);
    await ended(next);
    expect(next.comparisons.open(id).runs.map(({ status, text }) => `${status} ${text}`)).toEqual([
      'done Text 1',
      'done Text 2',
      'done Text 3',
    ]);
  });

  it('by being killed: the saved text is interrupted at the next start', async () => {
    const killed = program();
    const { id } = killed.comparisons.start(request);
    await asked(killed, 1);
    killed.engine.write('There was');
    await vi.waitFor(() =>
      expect(killed.stores.comparisons.open(id).runs[0]).toMatchObject({
        status: 'streaming',
        text: 'There was',
      }),
    );
    // Not closed: another program opens the file as a crash would leave it.
    const next = program(killed.file);
    expect(statuses(next.comparisons.open(id))[0]).toBe('Greedy 0 interrupted');
    expect(next.comparisons.open(id).runs[0]?.text).toBe('There was');
    expect(next.comparisons.running()).toBeNull();
  });

  it('and reports text that can’t be saved', async () => {
    const all = program();
    const { id } = all.comparisons.start(request);
    await asked(all, 1);
    const other = new Database(all.file);
    other.exec('BEGIN IMMEDIATE');
    all.engine.write('There was');
    await vi.waitFor(() => expect(all.comparisons.open(id).runs[0]?.text).toBe('There was'));
    expect(() => all.runner.close()).toThrow(failure('database-failed'));
    other.exec('ROLLBACK');
    other.close();
  });
});

describe('a database that rejects every write', () => {
  it('leaves the text readable and the other runs waiting, and saves all once it can', async () => {
    const all = program();
    const { id } = all.comparisons.start(request);
    await asked(all, 1);
    const other = new Database(all.file);
    other.exec('BEGIN IMMEDIATE');
    all.engine.write('There was');
    all.engine.end();
    await ended(all);
    expect(all.comparisons.open(id).runs[0]).toMatchObject({
      status: 'failed',
      text: 'There was',
      error: { code: 'database-failed', message: expect.stringContaining('locked') as string },
    });
    const failed = all.changedRuns().at(-1);
    expect(failed).toMatchObject({ status: 'failed', error: { code: 'database-failed' } });
    expect(failed?.id).toBe(all.comparisons.open(id).runs[1]?.id);
    expect(all.engine.requests).toHaveLength(1);
    expect(() => all.comparisons.resume(id)).toThrow(failure('database-failed'));
    other.exec('ROLLBACK');
    other.close();
    await vi.waitFor(() =>
      expect(all.changedRuns().at(-1)).toMatchObject({
        status: 'done',
        error: null,
      }),
    );
    const kept = all.stores.comparisons.open(id);
    expect(statuses(kept)).toEqual(['Greedy 0 done', 'Sampling 0 waiting', 'Beam 0 waiting']);
    expect(kept.runs[0]?.text).toBe('There was');
  });

  it('rejects a new comparison as a whole', () => {
    const all = program();
    const other = new Database(all.file);
    other.exec('BEGIN IMMEDIATE');
    expect(() => all.comparisons.start(request)).toThrow(failure('database-failed'));
    other.exec('ROLLBACK');
    other.close();
    expect(all.stores.comparisons.list()).toEqual([]);
    expect(() => all.comparisons.start(request)).not.toThrow();
  });
});
