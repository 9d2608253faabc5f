import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Comparison, ComparisonSummary } from '../../src-main/contract/comparison.ts';
import { maximumColumns } from '../../src-main/contract/comparison.ts';
import type { RecordingOptions } from '../runs/recording-stores.ts';
import { openRecording } from '../runs/recording-stores.ts';
import { sampleComparison, sampleRequest, sampleRound } from './comparison-samples.ts';
import { sampleStatistics, tokenEvent } from '../conversations/samples.ts';
import { newFile } from '../database/temporary-folder.ts';

const unknownId = '00000000-0000-4000-8000-000000000000';
/** Votes on any comparison. */
const any = { tag: null, promptKind: null };
const failure = (code: string) => expect.objectContaining({ code }) as Error;
const description = { name: 'Stories', notes: '', tags: [], starred: false };
const [newColumn] = sampleComparison.columns;

/** New stores, closed when the test ends. */
function newStores(options: RecordingOptions = {}) {
  const file = newFile();
  const stores = openRecording(file, options);
  onTestFinished(() => stores.close());
  return { file, stores, comparisons: stores.comparisons };
}

/** The run of `comparison` at `index`, which must exist. */
function runOf(comparison: Comparison, index: number) {
  const run = comparison.runs[index];
  if (!run) throw new Error(`The comparison has no run ${index}.`);
  return run;
}

/** The runs in their order, as `column name, repeat`. */
function turnsOf({ columns, runs }: Comparison): string[] {
  const names = new Map(columns.map(({ id, name }) => [id, name]));
  return runs.map(({ columnId, repeat }) => `${names.get(columnId)} ${repeat}`);
}

describe('a new comparison', () => {
  it('is saved as requested, and waits', () => {
    const { comparisons } = newStores({ now: () => 1000 });
    const created = comparisons.create({ ...sampleRequest, rerunOf: unknownId });
    expect(comparisons.open(created.id)).toEqual(created);
    expect(created).toMatchObject({ ...sampleRequest, columns: sampleComparison.columns });
    expect(created).toMatchObject({ name: 'Once upon a time', notes: '', tags: [], starred: false });
    expect(created).toMatchObject({ rerunOf: unknownId, createdAt: 1000, updatedAt: 1000 });
    expect(new Set(created.runs.map(({ status }) => status))).toEqual(new Set(['waiting']));
    expect(created.runs[0]).toMatchObject({ text: '', tokens: [], trace: [], startedAt: null });
    expect(comparisons.create(sampleRequest).rerunOf).toBeNull();
  });

  it('runs every column once per repeat, starting with another one each time', () => {
    const { comparisons } = newStores();
    const created = comparisons.create({ ...sampleRequest, repeats: 4 });
    expect(turnsOf(created)).toEqual([
      ...['Greedy 0', 'Beam 0', 'Draft 0'],
      ...['Beam 1', 'Draft 1', 'Greedy 1'],
      ...['Draft 2', 'Greedy 2', 'Beam 2'],
      ...['Greedy 3', 'Beam 3', 'Draft 3'],
    ]);
  });

  it('accepts more columns, which run after the existing ones and leave those unchanged', () => {
    let time = 0;
    const { comparisons, stores } = newStores({ now: () => ++time });
    const created = comparisons.create(sampleRequest);
    const writer = stores.record(runOf(created, 0).id);
    writer.add(tokenEvent(0));
    writer.finish('end-token', sampleStatistics);
    const before = comparisons.open(created.id);
    const names = ['Hot', 'Cold'];
    const after = comparisons.addColumns(
      created.id,
      names.map((name) => ({ name, strategy: { kind: 'contrastive', penalty: 0.5, topK: 3 } })),
    );
    expect(after.columns.map(({ name }) => name)).toEqual(['Greedy', 'Beam', 'Draft', 'Hot', 'Cold']);
    expect(after.runs.slice(0, 6)).toEqual(before.runs);
    expect(turnsOf(after).slice(6)).toEqual(['Hot 0', 'Cold 0', 'Cold 1', 'Hot 1']);
    expect(after.updatedAt).toBeGreaterThan(before.updatedAt);
    expect(comparisons.open(created.id)).toEqual(after);
  });

  it('accepts no more columns than a comparison may have', () => {
    const { comparisons } = newStores();
    const created = comparisons.create(sampleRequest);
    const columns = Array.from({ length: maximumColumns - 2 }, () => newColumn ?? expect.fail());
    expect(() => comparisons.addColumns(created.id, columns)).toThrow(/of 33 columns is too wide, 32 are/);
    expect(comparisons.open(created.id)).toEqual(created);
    expect(comparisons.addColumns(created.id, columns.slice(1)).columns).toHaveLength(maximumColumns);
  });
});

describe('the list of comparisons', () => {
  it('lists columns, runs and descriptions, last changed first, after each change', () => {
    let time = 0;
    const emitted: (readonly ComparisonSummary[])[] = [];
    const { comparisons, stores } = newStores({
      now: () => ++time,
      onComparisonsChanged: (list) => emitted.push(list),
    });
    // Opening reads the clock too.
    time = 0;
    const older = comparisons.create(sampleRequest);
    const newer = comparisons.create({ ...sampleRequest, columns: sampleComparison.columns.slice(1) });
    const writer = stores.record(runOf(older, 0).id);
    writer.finish('length', sampleStatistics);
    comparisons.describe(newer.id, { name: 'Tales', notes: 'Long', tags: ['story', '故事'], starred: true });
    expect(comparisons.list()).toEqual([
      {
        id: older.id,
        name: 'Once upon a time',
        columnNames: ['Greedy', 'Beam', 'Draft'],
        tags: [],
        starred: false,
        createdAt: 1,
        updatedAt: 4,
        doneRuns: 1,
        allRuns: 6,
      },
      {
        id: newer.id,
        name: 'Tales',
        columnNames: ['Beam', 'Draft'],
        tags: ['story', '故事'],
        starred: true,
        createdAt: 2,
        updatedAt: 2,
        doneRuns: 0,
        allRuns: 4,
      },
    ]);
    // Two created, one started, one ended, one described.
    expect(emitted).toHaveLength(5);
    expect(emitted.at(-1)).toEqual(comparisons.list());
    comparisons.remove(older.id);
    expect(emitted.at(-1)?.map(({ id }) => id)).toEqual([newer.id]);
  });

  it('names a comparison without a name after its prompt', () => {
    const { comparisons } = newStores();
    const { id } = comparisons.create({ ...sampleRequest, prompt: ` A\n story ${'on '.repeat(50)}` });
    comparisons.describe(id, description);
    expect(comparisons.open(id)).toMatchObject(description);
    comparisons.describe(id, { ...description, name: ' ' });
    expect(comparisons.open(id).name).toMatch(/^A story on on .*…$/);
  });
});

describe('a deleted comparison', () => {
  it('loses its columns, runs, tokens, trace and votes, and other comparisons lose nothing', () => {
    const { file, comparisons, stores } = newStores();
    const create = () => {
      const comparison = comparisons.create(sampleRequest);
      const [first, second] = [runOf(comparison, 0), runOf(comparison, 1)];
      const writer = stores.record(first.id);
      writer.add(sampleRound);
      writer.add(tokenEvent(0));
      writer.finish('end-token', sampleStatistics);
      const runs = { firstRunId: first.id, secondRunId: second.id };
      comparisons.addVote({ comparisonId: comparison.id, ...runs, outcome: 'tie' });
      return comparison.id;
    };
    const kept = create();
    const before = comparisons.open(kept);
    comparisons.remove(create());
    expect(comparisons.open(kept)).toEqual(before);
    const database = new Database(file, { readonly: true });
    const count = (table: string) => database.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
    expect(['comparisons', 'comparison_columns', 'runs', 'run_tokens'].map(count)).toEqual([1, 3, 6, 1]);
    expect(['run_trace', 'votes'].map(count)).toEqual([1, 1]);
    expect(database.pragma('foreign_key_check')).toEqual([]);
    database.close();
  });
});

describe('an unknown comparison', () => {
  it('is named in the error', () => {
    const { comparisons } = newStores();
    const comparison = comparisons.create(sampleRequest);
    const here = {
      comparisonId: comparison.id,
      firstRunId: runOf(comparison, 0).id,
      outcome: 'tie',
    } as const;
    const refusals = [
      () => comparisons.open(unknownId),
      () => comparisons.addColumns(unknownId, sampleComparison.columns),
      () => comparisons.describe(unknownId, description),
      () => comparisons.remove(unknownId),
      () => comparisons.requeue(unknownId, []),
      () => comparisons.addVote({ ...here, secondRunId: unknownId }),
    ];
    for (const refusal of refusals) {
      expect(refusal).toThrow(failure('not-found'));
      expect(refusal).toThrow(unknownId);
    }
    expect(comparisons.list()).toHaveLength(1);
  });
});

describe('votes', () => {
  it('are returned with the names of their columns, for all comparisons or those with a tag', () => {
    let time = 0;
    const { comparisons } = newStores({ now: () => ++time });
    // Opening reads the clock too.
    time = 0;
    const vote = (tags: readonly string[], outcome: 'first' | 'skip') => {
      const comparison = comparisons.create(sampleRequest);
      comparisons.describe(comparison.id, { ...description, tags: [...tags] });
      const runs = { firstRunId: runOf(comparison, 4).id, secondRunId: runOf(comparison, 0).id };
      return comparisons.addVote({ comparisonId: comparison.id, ...runs, outcome });
    };
    const names = { firstName: 'Draft', secondName: 'Greedy' };
    const story = { ...vote(['story', 'long'], 'first'), ...names };
    const other = { ...vote(['stor'], 'skip'), ...names };
    expect(story).toMatchObject({ outcome: 'first', createdAt: 2 });
    expect(comparisons.votes(any)).toEqual([story, other]);
    const { firstName: _first, secondName: _second, ...alone } = story;
    expect(comparisons.votesOn(story.comparisonId)).toEqual([alone]);
    expect(comparisons.votes({ ...any, tag: 'story' })).toEqual([story]);
    expect(comparisons.votes({ ...any, tag: 'letter' })).toEqual([]);
    const kind = sampleRequest.raw ? 'raw' : 'chat';
    expect(comparisons.votes({ ...any, promptKind: kind })).toEqual([story, other]);
    const otherKind = sampleRequest.raw ? 'chat' : 'raw';
    expect(comparisons.votes({ ...any, promptKind: otherKind })).toEqual([]);
  });

  it('are saved without reading the tokens and the trace of the runs', () => {
    const { comparisons, stores } = newStores();
    const comparison = comparisons.create(sampleRequest);
    const runs = { firstRunId: runOf(comparison, 0).id, secondRunId: runOf(comparison, 1).id };
    stores.database.connection.exec('DROP TABLE run_tokens; DROP TABLE run_trace');
    // Control: reading them fails.
    expect(() => comparisons.open(comparison.id)).toThrow(failure('database-failed'));
    const vote = comparisons.addVote({ comparisonId: comparison.id, ...runs, outcome: 'tie' });
    expect(comparisons.votesOn(comparison.id)).toEqual([vote]);
  });

  it('must be on two runs of one comparison', () => {
    const { comparisons } = newStores();
    const here = comparisons.create(sampleRequest);
    const there = comparisons.create(sampleRequest);
    const vote = (comparison: Comparison, firstRunId: string, secondRunId: string) => () =>
      comparisons.addVote({ comparisonId: comparison.id, firstRunId, secondRunId, outcome: 'second' });
    const first = runOf(here, 0).id;
    expect(vote(here, first, runOf(there, 1).id)).toThrow(failure('not-found'));
    expect(vote(there, first, runOf(there, 1).id)).toThrow(failure('not-found'));
    expect(vote(here, first, first)).toThrow(failure('settings-invalid'));
    expect(comparisons.votes(any)).toEqual([]);
    expect(vote(here, first, runOf(here, 1).id)).not.toThrow();
  });
});
