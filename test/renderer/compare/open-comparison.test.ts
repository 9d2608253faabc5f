import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { badgeOf } from '../../../src-renderer/state/compare/badges.ts';
import { OpenComparison } from '../../../src-renderer/state/compare/open-comparison.svelte.ts';
import { compareWithOriginal } from '../../../src-renderer/state/compare/rerun.ts';
import { LiveRuns } from '../../../src-renderer/state/runs/live-runs.svelte.ts';
import { FakeApi } from '../fake-api.ts';
import {
  comparison,
  comparisonId,
  done,
  ofColumn,
  streaming,
  tokenEvent,
  waiting,
} from './sample-comparison.ts';

let api: FakeApi;
let runs: LiveRuns;
beforeEach(() => {
  api = new FakeApi({});
  runs = new LiveRuns(api, () => 0);
  onTestFinished(runs.listen());
});

describe('an open comparison', () => {
  test('follows the run in progress, and no other', () => {
    const opened = new OpenComparison(comparison([streaming('a', 'One'), waiting('b')]), runs);
    api.push('run-events', { runId: 'a-0', events: [tokenEvent(1, ' two')] });
    api.push('run-events', { runId: 'b-0', events: [tokenEvent(0, 'never')] });
    expect(opened.live('a-0')?.text).toBe('One two');
    expect(opened.live('b-0')).toBeUndefined();
    expect(opened.progress).toEqual({ position: 1, count: 2 });
  });

  test('replaces a run that ends with the stored one', () => {
    const opened = new OpenComparison(comparison([streaming('a', 'One'), waiting('b')]), runs);
    for (const run of [done('a', 'One', ' two', '.'), streaming('b')]) {
      api.push('run-changed', { run: ofColumn(comparisonId, run) });
      opened.changeRun(run);
    }
    expect(opened.live('a-0')).toBeUndefined();
    expect(opened.shownRun({ id: 'a' })?.text).toBe('One two.');
    expect([opened.current?.id, opened.anyDone, opened.complete]).toEqual(['b-0', true, false]);
    expect(opened.progress).toEqual({ position: 2, count: 2 });
  });

  test('shows the repeat in progress until the user chooses another', () => {
    const repeats = [
      done('a', 'x'),
      { ...streaming('a'), id: 'a-1', repeat: 1 },
      waiting('b', 0),
      waiting('b', 1),
    ];
    const opened = new OpenComparison(comparison(repeats, { repeats: 2 }), runs);
    expect(opened.repeat).toBe(1);
    opened.chosenRepeat = 0;
    expect(opened.shownRun({ id: 'a' })?.text).toBe('x');
  });
});

describe('badges', () => {
  const { columns } = comparison([]);
  const shown = (...runs: ReturnType<typeof done>[]) =>
    columns.map((column, place) => ({ column, run: runs[place] }));

  test('report equal texts and the first difference', () => {
    expect(badgeOf(shown(done('a', 'x', 'y'), done('b', 'x', 'y')), 1)).toMatchObject({
      kind: 'same',
      as: { id: 'a' },
    });
    expect(badgeOf(shown(done('a', 'x', 'y'), done('b', 'x', 'z')), 1)).toMatchObject({
      kind: 'differs',
      from: { id: 'a' },
      difference: { position: 1, one: { text: 'z' }, other: { text: 'y' } },
    });
  });

  test('report nothing about incomplete texts', () => {
    expect(badgeOf(shown(done('a', 'x'), streaming('b', 'x')), 1)).toBeNull();
    expect(badgeOf(shown(streaming('a', 'x'), done('b', 'x')), 1)).toBeNull();
    expect(badgeOf(shown(done('a', 'x'), done('b', 'x')), 0)).toBeNull();
  });
});

describe('a rerun', () => {
  const original = comparison([done('a', 'x'), done('b', 'y')]);
  const own = (id: string, columnId: string) => ({ ...done(columnId, 'x'), id });
  const columns = original.columns.map((column) => ({ ...column, id: `new-${column.id}` }));

  test('reports whether its texts equal those of the original', () => {
    const rerun = { ...original, columns, runs: [own('1', 'new-a'), own('2', 'new-b')] };
    expect(compareWithOriginal(original, rerun)).toMatchObject({
      compared: 2,
      differing: [{ column: { name: 'Sampling' }, repeat: 0, before: 'y', after: 'x' }],
    });
  });

  test('counts only runs that are done in both', () => {
    const rerun = {
      ...original,
      columns,
      runs: [own('1', 'new-a'), { ...own('2', 'new-b'), status: 'stopped' as const }],
    };
    expect(compareWithOriginal(original, rerun)).toEqual({ compared: 1, differing: [], mayDiffer: null });
    const started = { ...original, runs: [waiting('a'), waiting('b')] };
    expect(compareWithOriginal(started, rerun)).toEqual({ compared: 0, differing: [], mayDiffer: null });
  });

  test('says what else its texts depend on: another provider, adapter or other kernels, or ONNX Runtime’s', () => {
    const standard = { kernels: { kind: 'standard', reason: 'processor' } } as const;
    const plain = { kernels: { kind: 'operators', instructionSet: 'plain' } } as const;
    const mayDiffer = (before: object, after: object, provider = 'cpu') =>
      compareWithOriginal(
        { ...original, runs: original.runs.map((run) => ({ ...run, ...before })) },
        { ...original, columns, provider, runs: [{ ...own('1', 'new-a'), ...after }] },
      ).mayDiffer;
    expect(mayDiffer({}, plain)).toBeNull();
    expect(mayDiffer(standard, {})).toBe('kernels');
    expect(mayDiffer({ adapter: 'editor' }, {})).toBe('adapter');
    expect(mayDiffer({ adapter: 'editor' }, { adapter: 'editor' })).toBeNull();
    expect(mayDiffer({}, standard)).toBe('kernels');
    expect(mayDiffer(standard, standard)).toBe('processor');
    expect(mayDiffer({ kernels: null }, standard)).toBe('processor');
    expect(mayDiffer({}, {}, 'cuda')).toBe('provider');
  });
});
