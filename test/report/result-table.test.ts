import { describe, expect, test } from 'vitest';
import type { FigureName } from '../../src-main/report/result-table.ts';
import { overallSpeed, resultTable, sortedRows } from '../../src-main/report/result-table.ts';
import { sampleComparison, sampleRun, sampleStatistics, tokensOf } from './sample-run.ts';

const timed = (columnId: string, repeat: number, totalMs: number) =>
  sampleRun(columnId, { repeat, statistics: { ...sampleStatistics, totalMs } });

describe('the result table', () => {
  test('has median and spread over repeats', () => {
    const runs = [timed('a', 0, 1000), timed('a', 1, 500), timed('a', 2, 800)];
    const [row] = resultTable(sampleComparison(runs)).rows;
    expect(row?.cells.tokensPerSecond).toMatchObject({ median: 12.5, minimum: 10, maximum: 20 });
    expect([row?.doneRuns, row?.allRuns]).toEqual([3, 3]);
  });

  test('averages the two middle values of an even number of repeats', () => {
    const runs = [timed('a', 0, 1000), timed('a', 1, 500)];
    expect(resultTable(sampleComparison(runs)).rows[0]?.cells.tokensPerSecond?.median).toBe(15);
  });

  test('marks the best value of each figure, in its direction, including ties', () => {
    const runs = [timed('slow', 0, 1000), timed('fast', 0, 500)];
    const [slow, fast] = resultTable(sampleComparison(runs)).rows;
    expect([slow?.cells.tokensPerSecond?.best, fast?.cells.tokensPerSecond?.best]).toEqual([false, true]);
    expect([slow?.cells.perplexity?.best, fast?.cells.perplexity?.best]).toEqual([true, true]);
    expect([slow?.cells.forwards?.best, fast?.cells.forwards?.best]).toEqual([false, false]);
  });

  test('prefers a lower perplexity', () => {
    const run = (id: string, perplexity: number) =>
      sampleRun(id, { statistics: { ...sampleStatistics, perplexity } });
    const rows = resultTable(sampleComparison([run('a', 3), run('b', 2)])).rows;
    expect(rows.map(({ cells }) => cells.perplexity?.best)).toEqual([false, true]);
  });

  describe('of a text that repeats itself', () => {
    const loop = tokensOf(...Array.from({ length: 20 }, () => ['row', ' your', ' boat']).flat());
    const likely = { ...sampleStatistics, logProbabilitySum: -1, perplexity: 1.1, totalMs: 100 };
    const looping = (id: string, repeat = 0) => sampleRun(id, { repeat, tokens: loop, statistics: likely });
    const plain = (id: string, repeat = 0) => sampleRun(id, { repeat });

    test('says so, and marks it best for its speed alone', () => {
      const rows = resultTable(sampleComparison([plain('a'), looping('b'), plain('c')])).rows;
      expect(rows.map((row) => [row.repeatingRuns, row.repeatsItself])).toEqual([
        [0, false],
        [1, true],
        [0, false],
      ]);
      const best = (name: FigureName) => rows.map(({ cells }) => cells[name]?.best);
      expect(best('tokensPerSecond')).toEqual([false, true, false]);
      for (const name of ['logProbabilitySum', 'perplexity', 'distinct1', 'repetition'] as const)
        expect(best(name), name).toEqual([true, false, true]);
    });

    test('marks none where every text does', () => {
      const rows = resultTable(sampleComparison([looping('a'), looping('b')])).rows;
      expect(rows.map(({ cells }) => cells.logProbabilitySum?.best)).toEqual([false, false]);
      expect(rows.map(({ cells }) => cells.tokensPerSecond?.best)).toEqual([true, true]);
    });

    test.each([
      [1, 3, false],
      [1, 2, true],
      [2, 3, true],
    ])('%i of %i repeats: %s', (repeating, all, expected) => {
      const runs = Array.from({ length: all }, (_, repeat) =>
        repeat < repeating ? looping('a', repeat) : plain('a', repeat),
      );
      const [row] = resultTable(sampleComparison([...runs, plain('b')])).rows;
      expect([row?.repeatingRuns, row?.repeatsItself]).toEqual([repeating, expected]);
    });
  });

  test('counts unfinished runs but ignores their figures', () => {
    const runs = [
      sampleRun('a', { statistics: null, status: 'failed' }),
      sampleRun('b'),
      sampleRun('b', { repeat: 1, status: 'stopped', statistics: { ...sampleStatistics, totalMs: 1 } }),
    ];
    const [a, b] = resultTable(sampleComparison(runs)).rows;
    expect([a?.doneRuns, a?.cells.perplexity]).toEqual([0, null]);
    expect([b?.doneRuns, b?.allRuns, b?.cells.tokensPerSecond?.maximum]).toEqual([1, 2, 10]);
    expect(b?.cells.tokensPerSecond?.best).toBe(false);
  });

  test('has no acceptance rate without proposals', () => {
    const speculative = { ...sampleStatistics, proposedTokens: 8, acceptedTokens: 6 };
    const rows = resultTable(
      sampleComparison([sampleRun('a'), sampleRun('b', { statistics: speculative })]),
    ).rows;
    expect(rows.map(({ cells }) => cells.acceptance?.median)).toEqual([undefined, 0.75]);
  });

  test('detects a busy machine by the spread of its speed', () => {
    const busy = (second: number) =>
      resultTable(sampleComparison([timed('a', 0, 1000), timed('a', 1, second)])).rows[0]?.busy;
    expect([busy(1200), busy(1500)]).toEqual([false, true]);
  });

  test('sorts by any figure; rows without it come last in both directions', () => {
    const runs = [
      timed('a', 0, 800),
      sampleRun('b', { statistics: null, status: 'failed' }),
      timed('c', 0, 500),
    ];
    const { rows } = resultTable(sampleComparison(runs));
    const names = (direction: 'ascending' | 'descending') =>
      sortedRows(rows, 'tokensPerSecond', direction).map(({ column }) => column.id);
    expect(names('ascending')).toEqual(['a', 'c', 'b']);
    expect(names('descending')).toEqual(['c', 'a', 'b']);
  });
});

test('a run of 0 ms has speed 0', () => {
  expect(overallSpeed({ ...sampleStatistics, totalMs: 0 })).toBe(0);
});
