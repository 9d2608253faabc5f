import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Comparison } from '../../../src-main/contract/comparison.ts';
import type { ListFilter } from '../../../src-renderer/state/compare/list.ts';
import { matching, tagsFrom, tagsOf } from '../../../src-renderer/state/compare/list.ts';
import { LiveRuns } from '../../../src-renderer/state/runs/live-runs.svelte.ts';
import { CompareState } from '../../../src-renderer/state/compare/compare-state.svelte.ts';
import { Notices } from '../../../src-renderer/state/shell/notices.svelte.ts';
import { FakeApi } from '../fake-api.ts';
import {
  comparison,
  comparisonId,
  done,
  greedy,
  ofColumn,
  streaming,
  summaryOf,
  tokenEvent,
  waiting,
} from './sample-comparison.ts';

let kept: Comparison[];
let api: FakeApi;
let notices: Notices;
let compare: CompareState;
let runs: LiveRuns;
const targets = {
  canAnswer: () => true,
  openConversation: vi.fn(async () => undefined),
  continueAnswer: vi.fn(async () => undefined),
  openDocument: vi.fn(async () => undefined),
};
let stop: () => void;

const find = (id: string): Comparison => {
  const found = kept.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`the test has no comparison ${id}`);
  return found;
};

beforeEach(() => {
  kept = [comparison([done('a', 'x'), waiting('b')])];
  api = new FakeApi({
    'comparisons-list': () => kept.map(summaryOf),
    'comparison-running': () => null,
    'comparison-open': ({ id }) => find(id),
    'comparison-start': () => {
      const started = { ...comparison([waiting('a'), waiting('b')]), id: 'started' };
      kept.push(started);
      return started;
    },
    'comparison-resume': ({ id }) => find(id),
    'comparison-rerun': ({ id }) => {
      const rerun = { ...find(id), id: 'rerun', rerunOf: id };
      kept.push(rerun);
      return rerun;
    },
    'comparison-add-columns': ({ id }) => find(id),
    'comparison-stop': () => null,
    'comparison-describe': ({ id, description }) => {
      kept = kept.map((one) =>
        one.id === id ? { ...one, ...description, name: description.name || one.prompt } : one,
      );
      return null;
    },
    'comparison-delete': ({ id }) => {
      kept = kept.filter((one) => one.id !== id);
      return null;
    },
    'comparison-export': () => 'tale.md',
    'comparison-import': () => null,
    'clipboard-write': () => null,
  });
  notices = new Notices();
  runs = new LiveRuns(api, () => 0);
  compare = new CompareState(api, { notices }, runs, targets);
  const stops = [runs.listen(), compare.listen()];
  stop = () => stops.forEach((end) => end());
});

test('the running comparison is shown when the window is reloaded', async () => {
  kept = [comparison([done('a', 'x'), streaming('b', 'One')])];
  api.handlers['comparison-running'] = () => ({ comparisonId, queuedRunIds: [] });
  await compare.load();
  expect([compare.view, compare.openIsRunning]).toEqual(['open', true]);
  api.push('run-events', { runId: 'b-0', events: [tokenEvent(1, ' two')] });
  expect(compare.opened?.live('b-0')?.text).toBe('One two');
  api.push('run-changed', { run: ofColumn(comparisonId, done('b', 'One', ' two')) });
  api.push('comparison-running', null);
  expect([compare.openIsRunning, compare.opened?.complete]).toEqual([false, true]);
});

test('events of a comparison that is not open change nothing on the screen', async () => {
  await compare.open(comparisonId);
  api.push('run-changed', { run: ofColumn('other', done('b', 'y')) });
  api.push('run-events', { runId: 'other-0', events: [tokenEvent(0, 'y')] });
  expect(compare.opened?.comparison).toEqual(kept[0]);
});

test('a comparison that changes while it is loading is loaded again', async () => {
  let reads = 0;
  api.handlers['comparison-open'] = ({ id }) => {
    reads += 1;
    if (reads > 1) return { ...find(id), runs: [done('a', 'x'), done('b', 'y')] };
    api.push('run-changed', { run: ofColumn(id, done('b', 'y')) });
    return find(id);
  };
  await compare.open(comparisonId);
  expect([reads, compare.opened?.complete]).toEqual([2, true]);
});

test('the comparison opened last is shown, whichever reply arrives first', async () => {
  kept.push({ ...comparison([]), id: 'slow' });
  let answer = () => {};
  api.handlers['comparison-open'] = async ({ id }) => {
    if (id === 'slow') await new Promise<void>((resolve) => (answer = resolve));
    return find(id);
  };
  const slow = compare.open('slow');
  await compare.open(comparisonId);
  answer();
  await slow;
  expect(compare.opened?.id).toBe(comparisonId);
});

describe('starting', () => {
  test('a draft becomes the open comparison', async () => {
    expect(await compare.start()).toBe(false);
    compare.draft.prompt = 'Once';
    compare.draft.columns.add([{ name: 'A', strategy: greedy }]);
    expect(await compare.start()).toBe(true);
    expect([compare.view, compare.opened?.id]).toEqual(['open', 'started']);
    expect(api.asked.at(-1)).toMatchObject({ name: 'comparison-start', argument: { prompt: 'Once' } });
  });

  test('a rejection is shown, and the draft stays', async () => {
    compare.draft.prompt = 'Once';
    compare.draft.columns.add([{ name: 'A', strategy: greedy }]);
    api.refusals.set('comparison-start', {
      code: 'engine-busy',
      message: 'The engine is busy.',
      details: {},
    });
    expect(await compare.start()).toBe(false);
    expect([notices.current?.code, compare.view, compare.draft.prompt]).toEqual([
      'engine-busy',
      'new',
      'Once',
    ]);
    expect(compare.starting).toBe(false);
  });

  test('a rerun is shown next to its original, with which it is compared', async () => {
    await compare.load();
    await compare.open(comparisonId);
    await compare.rerun();
    expect([compare.opened?.id, compare.original?.id]).toEqual(['rerun', comparisonId]);
    await compare.open(comparisonId);
    expect(compare.original).toBeNull();
  });

  test('stopping names the comparison that holds the engine lock', async () => {
    await compare.stop('a');
    expect(api.countOf('comparison-stop')).toBe(0);
    api.push('comparison-running', { comparisonId, queuedRunIds: [] });
    await compare.stop('a');
    expect(api.asked.at(-1)?.argument).toEqual({ id: comparisonId, columnId: 'a' });
  });
});

describe('describing', () => {
  test('a star leaves the rest of the description unchanged', async () => {
    kept = [{ ...comparison([]), notes: 'Good.', tags: ['tale'] }];
    await compare.toggleStar({ id: comparisonId, starred: false });
    expect(kept[0]).toMatchObject({
      notes: 'Good.',
      tags: ['tale'],
      starred: true,
      name: 'Once upon a time',
    });
  });

  test('an emptied name becomes the one that main chooses', async () => {
    await compare.open(comparisonId);
    await compare.describe(comparisonId, { name: '', notes: '', tags: ['x'], starred: false });
    expect(compare.opened?.comparison).toMatchObject({ name: 'Once upon a time', tags: ['x'] });
  });

  test('deleting the open comparison opens a new one', async () => {
    await compare.load();
    await compare.open(comparisonId);
    await compare.remove(comparisonId);
    expect([compare.list.length, compare.opened, compare.view]).toEqual([0, null, 'new']);
  });

  test('an export shows the file’s name until a comparison is opened', async () => {
    await compare.open(comparisonId);
    await compare.files.export(comparisonId, 'markdown');
    expect(compare.files.exported).toBe('tale.md');
    await compare.open(comparisonId);
    expect(compare.files.exported).toBeNull();
    await compare.import();
    expect(compare.opened?.id).toBe(comparisonId);
  });
});

test('events are ignored after listening has stopped', () => {
  stop();
  expect(api.listening).toBe(0);
});

describe('the list', () => {
  const one = { ...summaryOf(comparison([])), name: 'Lighthouse', tags: ['tale', 'short'], starred: true };
  const other = {
    ...one,
    id: 'other',
    name: 'Recipe',
    tags: ['short'],
    starred: false,
    columnNames: ['Beam 4'],
  };
  const all = { search: '', starredOnly: false, tag: null };
  const found = (filter: Partial<ListFilter>) =>
    matching([one, other], { ...all, ...filter }).map(({ name }) => name);

  test('is searched for every word, in names, tags and columns', () => {
    expect(found({ search: 'light TALE' })).toEqual(['Lighthouse']);
    expect(found({ search: 'beam' })).toEqual(['Recipe']);
    expect(found({ search: 'light beam' })).toEqual([]);
    expect(found({ starredOnly: true })).toEqual(['Lighthouse']);
    expect(found({ tag: 'short' })).toEqual(['Lighthouse', 'Recipe']);
  });

  test('accepts tags separated by commas of any script', () => {
    expect(tagsFrom(' a b, c，d、c,, ')).toEqual(['a b', 'c', 'd']);
    expect(tagsOf([one, other])).toEqual(['short', 'tale']);
    expect(tagsFrom(Array.from({ length: 30 }, (_, index) => `t${index}`).join())).toHaveLength(20);
    expect(tagsFrom('x'.repeat(50))).toEqual(['x'.repeat(40)]);
  });
});
