import { describe, expect, it, vi } from 'vitest';
import { maximumColumns } from '../../src-main/contract/comparison.ts';
import { ForedraftError } from '../../src-main/contract/error.ts';
import { newComparison } from '../../src-main/comparisons/new-comparison.ts';
import {
  answerAtOnce,
  asked,
  beam,
  columnId,
  ended,
  failure,
  greedy,
  program,
  request,
  sampling,
  statuses,
} from './program.ts';

const twice = { ...request, columns: [greedy, sampling], repeats: 2 };

describe('stopping', () => {
  it('a column ends its run, leaves its other runs waiting and lets the other columns continue', async () => {
    const all = program();
    const comparison = all.comparisons.start(twice);
    const { id } = comparison;
    await asked(all, 1);
    all.engine.write('There was');
    await vi.waitFor(() => expect(all.comparisons.open(id).runs[0]?.text).toBe('There was'));
    all.comparisons.stop(id, columnId(comparison, 'Greedy'));
    await asked(all, 2);
    answerAtOnce(all);
    all.engine.end();
    await ended(all);
    const kept = all.stores.comparisons.open(id);
    expect(statuses(kept)).toEqual([
      'Greedy 0 stopped',
      'Sampling 0 done',
      'Sampling 1 done',
      'Greedy 1 waiting',
    ]);
    expect(kept.runs[0]).toMatchObject({ text: 'There was', endReason: 'stopped' });
  });

  it('a column whose run has not started does not affect the run in progress', async () => {
    const all = program();
    const comparison = all.comparisons.start(request);
    await asked(all, 1);
    all.comparisons.stop(comparison.id, columnId(comparison, 'Sampling'));
    answerAtOnce(all);
    all.engine.end();
    await ended(all);
    expect(statuses(all.comparisons.open(comparison.id))).toEqual([
      'Greedy 0 done',
      'Sampling 0 waiting',
      'Beam 0 done',
    ]);
  });

  it('all ends the run of the comparison, even before it started, and does not affect another comparison', async () => {
    const all = program();
    const { id } = all.comparisons.start(request);
    all.comparisons.stop(id, null);
    await ended(all);
    expect(all.engine.requests).toEqual([]);
    const second = all.comparisons.start(request);
    await asked(all, 1);
    all.comparisons.stop(id, null);
    expect(all.comparisons.running()?.queuedRunIds).toHaveLength(2);
    all.comparisons.stop(second.id, null);
    await ended(all);
    expect(statuses(all.comparisons.open(second.id))).toEqual([
      'Greedy 0 stopped',
      'Sampling 0 waiting',
      'Beam 0 waiting',
    ]);
  });
});

describe('resuming', () => {
  it('runs what is not done in the original order, and leaves the rest', async () => {
    const all = program();
    all.engine.onRequest = ({ strategy }) => {
      all.engine.write('First try');
      if (strategy.kind === 'greedy') all.engine.end();
      if (strategy.kind === 'sampling') all.engine.fail(new ForedraftError('runtime-failed', 'It failed.'));
    };
    const { id } = all.comparisons.start(request);
    await asked(all, 3);
    all.comparisons.stop(id, null);
    await ended(all);
    const before = all.comparisons.open(id);
    expect(statuses(before)).toEqual(['Greedy 0 done', 'Sampling 0 failed', 'Beam 0 stopped']);
    answerAtOnce(all);
    expect(statuses(all.comparisons.resume(id))).toEqual([
      'Greedy 0 done',
      'Sampling 0 waiting',
      'Beam 0 waiting',
    ]);
    await ended(all);
    const after = all.comparisons.open(id);
    expect(after.runs.map(({ status, text, error }) => ({ status, text, error }))).toEqual([
      { status: 'done', text: 'First try', error: null },
      { status: 'done', text: 'Text 4', error: null },
      { status: 'done', text: 'Text 5', error: null },
    ]);
    expect(after.runs[0]).toEqual(before.runs[0]);
    expect(statuses(all.comparisons.resume(id))).toEqual(statuses(after));
    expect(all.comparisons.running()).toBeNull();
  });

  it('queues a stopped column after the run in progress', async () => {
    const all = program();
    const comparison = all.comparisons.start(request);
    const { id } = comparison;
    await asked(all, 1);
    all.comparisons.stop(id, columnId(comparison, 'Greedy'));
    await asked(all, 2);
    all.comparisons.resume(id);
    const [first, , third] = comparison.runs.map((run) => run.id);
    expect(all.comparisons.running()?.queuedRunIds).toEqual([third, first]);
    answerAtOnce(all);
    all.engine.end();
    await ended(all);
    expect(all.comparisons.open(id).runs.map(({ status }) => status)).toEqual(['done', 'done', 'done']);
  });

  it('records for each run the kernels that were loaded when it started', async () => {
    const all = program();
    const { id, runs } = all.comparisons.start(request);
    expect(runs.map(({ kernels }) => kernels)).toEqual([null, null, null]);
    await asked(all, 1);
    all.engine.end();
    await asked(all, 2);
    all.comparisons.stop(id, null);
    await ended(all);
    const { status } = all.engine;
    if (status.state !== 'ready') throw new Error('the engine is ready');
    const operators = status.model.kernels;
    const standard = { kind: 'standard', reason: 'forced' } as const;
    all.engine.status = { ...status, model: { ...status.model, kernels: standard } };
    answerAtOnce(all);
    all.comparisons.resume(id);
    await ended(all);
    const kept = all.stores.comparisons.open(id).runs.map(({ kernels }) => kernels);
    expect(kept).toEqual([operators, standard, standard]);
    expect(all.changedRuns().at(-1)?.kernels).toEqual(standard);
  });

  it('requires the model that made the other runs', async () => {
    const all = program();
    const { id } = all.comparisons.start(request);
    all.comparisons.stop(id, null);
    await ended(all);
    const { status } = all.engine;
    if (status.state !== 'ready') throw new Error('the engine is ready');
    all.engine.status = { ...status, model: { ...status.model, id: 'other-model' } };
    expect(() => all.comparisons.resume(id)).toThrow(/fake-model on cpu, and other-model on cpu is loaded/);
    expect(() => all.comparisons.addColumns(id, [beam])).toThrow(failure('engine-unavailable'));
    expect(all.comparisons.open(id).columns).toHaveLength(3);
    expect(all.comparisons.rerun(id).modelId).toBe('other-model');
  });
});

describe('a comparison with the adapter of its model', () => {
  /** Imported as the command line writes it, its first run done. */
  function imported() {
    const all = program();
    const { status } = all.engine;
    if (status.state !== 'ready') throw new Error('the engine is ready');
    const loadAdapter = (adapter: string | null) =>
      (all.engine.status = { ...status, model: { ...status.model, adapter } });
    const made = { ...request, modelId: 'fake-model', provider: 'cpu', adapter: 'editor' };
    const comparison = newComparison(made, 5);
    const [first, ...others] = comparison.runs;
    const done = { ...first!, status: 'done', text: 'Text', startedAt: 1 } as const;
    const { id } = all.stores.comparisons.import({ ...comparison, runs: [done, ...others] });
    answerAtOnce(all);
    return { all, id, loadAdapter };
  }

  it('is resumed, extended and run again with it', async () => {
    const { all, id, loadAdapter } = imported();
    loadAdapter('editor');
    all.comparisons.resume(id);
    await ended(all);
    all.comparisons.addColumns(id, [beam]);
    await ended(all);
    const again = all.comparisons.rerun(id);
    await ended(all);
    const runs = [...all.comparisons.open(id).runs, ...all.comparisons.open(again.id).runs];
    expect(runs.map(({ adapter, status }) => `${adapter} ${status}`)).toEqual(Array(8).fill('editor done'));
    expect(all.engine.requests.map(({ adapter }) => adapter)).toEqual(Array(7).fill(true));
  });

  it('requires it, except to be run again', async () => {
    const { all, id, loadAdapter } = imported();
    for (const other of [null, 'poet']) {
      loadAdapter(other);
      expect(() => all.comparisons.resume(id)).toThrow(
        `made with fake-model with editor on cpu, and fake-model${other === null ? '' : ' with poet'} on cpu is loaded`,
      );
      expect(() => all.comparisons.addColumns(id, [beam])).toThrow(failure('engine-unavailable'));
    }
    expect(all.engine.requests).toEqual([]);
    loadAdapter(null);
    const again = all.comparisons.rerun(id);
    expect(again.runs.map(({ adapter }) => adapter)).toEqual([null, null, null]);
    await ended(all);
    expect(all.engine.requests.map((sent) => sent.adapter)).toEqual([undefined, undefined, undefined]);
  });
});

describe('rerunning', () => {
  it('creates a new comparison with the same columns and seeds', async () => {
    const all = program();
    answerAtOnce(all);
    const first = all.comparisons.start(twice);
    await ended(all);
    const second = all.comparisons.rerun(first.id);
    expect(second).toMatchObject({ ...twice, columns: twice.columns, rerunOf: first.id });
    await ended(all);
    const { requests } = all.engine;
    expect(requests.slice(4)).toEqual(requests.slice(0, 4));
    expect(new Set([...first.runs, ...second.runs].map(({ id }) => id)).size).toBe(8);
    expect(() => all.comparisons.rerun(second.columns[0]?.id ?? '')).toThrow(failure('not-found'));
  });
});

describe('adding columns', () => {
  it('while it runs queues them after the others', async () => {
    const all = program();
    const { id } = all.comparisons.start({ ...request, columns: [greedy] });
    await asked(all, 1);
    all.engine.write('There was');
    await vi.waitFor(() => expect(all.payloads('run-events')).toHaveLength(1));
    const added = all.comparisons.addColumns(id, [sampling, beam]);
    expect(added.runs[0]).toMatchObject({ status: 'streaming', text: 'There was' });
    answerAtOnce(all);
    all.engine.end();
    await ended(all);
    expect(statuses(all.comparisons.open(id))).toEqual(['Greedy 0 done', 'Sampling 0 done', 'Beam 0 done']);
    expect(all.engine.requests.map(({ strategy }) => strategy.kind)).toEqual(['greedy', 'sampling', 'beam']);
  });

  it('later runs only the new ones', async () => {
    const all = program();
    answerAtOnce(all);
    const { id } = all.comparisons.start({ ...request, columns: [greedy] });
    await ended(all);
    const before = all.comparisons.open(id);
    all.comparisons.addColumns(id, [sampling]);
    await ended(all);
    const after = all.comparisons.open(id);
    expect(statuses(after)).toEqual(['Greedy 0 done', 'Sampling 0 done']);
    expect(after.runs[0]).toEqual(before.runs[0]);
    expect(all.engine.requests).toHaveLength(2);
  });

  it('is rejected if there would be too many, and nothing is saved or run', async () => {
    const all = program();
    answerAtOnce(all);
    const { id } = all.comparisons.start(request);
    await ended(all);
    const many = Array.from({ length: maximumColumns - 2 }, () => greedy);
    expect(() => all.comparisons.addColumns(id, many)).toThrow(failure('settings-invalid'));
    expect(all.comparisons.open(id).columns).toHaveLength(3);
    expect(all.comparisons.running()).toBeNull();
  });
});

describe('deleting', () => {
  it('a running comparison stops it first, and leaves the engine free', async () => {
    const all = program();
    const { id } = all.comparisons.start(request);
    await asked(all, 1);
    all.engine.write('There was');
    await all.comparisons.delete(id);
    expect(all.stores.comparisons.list()).toEqual([]);
    await ended(all);
    expect(all.engine.requests).toHaveLength(1);
    expect(() => all.comparisons.start(request)).not.toThrow();
  });

  it('another one does not affect the run in progress', async () => {
    const all = program();
    const other = all.comparisons.start(request);
    all.comparisons.stop(other.id, null);
    await ended(all);
    const { id } = all.comparisons.start(request);
    await asked(all, 1);
    await all.comparisons.delete(other.id);
    expect(all.comparisons.running()?.comparisonId).toBe(id);
    await expect(all.comparisons.delete(other.id)).rejects.toThrow(failure('not-found'));
  });
});
