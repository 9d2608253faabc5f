import type { TraceEvent } from '../../../src-main/contract/run.ts';
import { describe, expect, test } from 'vitest';
import { acceptanceOverTime } from '../../../src-main/report/chart/acceptance-over-time.ts';
import { acceptanceByPosition } from '../../../src-main/report/chart/acceptance.ts';
import { columnChart, overviewCharts } from '../../../src-main/report/chart/charts-of.ts';
import { speculationRounds } from '../../../src-main/report/chart/speculation-rounds.ts';
import { speedBars } from '../../../src-main/report/chart/speed-bars.ts';
import type { ChartWords } from '../../../src-main/report/chart/words.ts';
import { englishWords } from '../../../src-main/report/chart/words.ts';
import { svgOf } from '../../../src-main/report/chart/svg.ts';
import { sampleComparison, sampleRun, sampleStatistics, tokensOf } from '../sample-run.ts';

const round = (position: number, proposed: readonly string[], accepted: number): TraceEvent => ({
  type: 'round',
  position,
  source: 'prompt-lookup',
  proposed,
  accepted,
  draftMs: 1,
  verifyMs: 8,
});
const speculating = sampleRun('b', {
  tokens: tokensOf('a', 'b', 'c', 'd').map((token, index) => ({
    ...token,
    origin: (['accepted', 'recovered', 'accepted', 'bonus'] as const)[index] ?? 'model',
  })),
  trace: [round(0, ['a', 'x'], 1), round(2, ['c'], 1)],
});

describe('acceptance by draft position', () => {
  test('counts the tokens that were checked: the accepted ones and the first rejected one', () => {
    expect(acceptanceByPosition([speculating])).toEqual([1, 0]);
    expect(acceptanceByPosition([{ trace: [round(0, ['a', 'b', 'c'], 0)] }])).toEqual([0]);
    expect(acceptanceByPosition([{ trace: [] }])).toEqual([]);
  });
});

describe('acceptance over time', () => {
  test('is that of the last eight rounds, at the position of each round', () => {
    expect(acceptanceOverTime(speculating)).toEqual([
      { position: 0, proposed: 2, accepted: 1, share: 1 / 2 },
      { position: 2, proposed: 1, accepted: 1, share: 2 / 3 },
    ]);
    const trace = Array.from({ length: 9 }, (_, index) => round(index, ['a'], index === 0 ? 0 : 1));
    expect(acceptanceOverTime({ trace }).map(({ share }) => share)).toEqual([
      ...[0, 1 / 2, 2 / 3, 3 / 4, 4 / 5, 5 / 6, 6 / 7, 7 / 8],
      1,
    ]);
    expect(acceptanceOverTime({ trace: [] })).toEqual([]);
  });
});

describe('rounds of speculation', () => {
  test('show the draft, what was accepted and the next token', () => {
    const { marks, table } = speculationRounds(speculating);
    const cells = marks.filter(({ kind, key }) => kind === 'rect' && key !== undefined);
    expect(cells.map(({ role }) => role)).toEqual(['accepted', 'rejected', 'recovered', 'accepted', 'bonus']);
    expect(table.rows).toEqual([
      ['1', 'prompt-lookup', 'a x', '1', 'b', '1.00', '8.00'],
      ['2', 'prompt-lookup', 'c', '1', 'd', '1.00', '8.00'],
    ]);
  });

  test('are labelled with one sentence in the words given, whose order is its own', () => {
    const stopped = { ...speculating, tokens: speculating.tokens.slice(0, 3) };
    const labels = (words: ChartWords) => [
      ...new Set(speculationRounds(stopped, words).marks.flatMap(({ label }) => label ?? [])),
    ];
    expect(labels(englishWords)).toEqual([
      'Round 1: 1 of 2 accepted, next token “b”',
      'Round 2: 1 of 1 accepted',
    ]);
    const reversed = { roundLabel: '{token} {proposed} {accepted} {round}', lastRoundLabel: '{round}.' };
    expect(labels({ ...englishWords, ...reversed })).toEqual(['b 2 1 1', '2.']);
  });
});

describe('speed bars', () => {
  test('are as long as their column is fast', () => {
    const fast = sampleRun('b', { statistics: { ...sampleStatistics, totalMs: 500 } });
    const bars = speedBars(sampleComparison([sampleRun('a'), fast])).marks.filter(
      ({ kind }) => kind === 'rect',
    );
    const [slow, quick] = bars.map((bar) => (bar.kind === 'rect' ? bar.width : 0));
    expect(quick).toBeCloseTo(2 * (slow ?? 0), 9);
    expect(bars.map(({ role }) => role)).toEqual(['bar', 'best']);
  });
});

const hostile = '"><script>alert(1)</script>&\u0000\ud800';
const comparison = {
  ...sampleComparison([sampleRun('a', { tokens: tokensOf(hostile) }), speculating]),
  columns: sampleComparison([sampleRun('a'), speculating]).columns.map((column) => ({
    ...column,
    name: hostile,
  })),
};

describe('every chart', () => {
  const charts = [
    ...overviewCharts(comparison),
    ...comparison.columns.flatMap(({ id }) => columnChart(comparison, id) ?? []),
  ];

  test('has a title, a description and a table', () => {
    expect(charts.map(({ id }) => id)).toEqual([
      'speed',
      'quality',
      'log-probability',
      'acceptance',
      'acceptance-time',
      'speculation',
    ]);
    for (const { title, description, table, marks } of charts) {
      expect([title, description].includes('')).toBe(false);
      expect(table.rows.every((row) => row.length === table.header.length)).toBe(true);
      expect(marks.length).toBeGreaterThan(0);
    }
  });

  test('is a well-formed file in which texts are only texts', () => {
    for (const chart of charts) {
      const svg = svgOf(chart);
      expect(svg).not.toMatch(/<script|NaN|undefined|Infinity/);
      expect(svg).not.toContain('\u0000');
      // Every element that is opened is closed.
      const tags = [...svg.matchAll(/<(\/?)([a-z]+)[^<>]*?(\/?)>/g)];
      const open: string[] = [];
      for (const [, closes, name, alone] of tags) {
        if (closes) expect(open.pop()).toBe(name);
        else if (!alone) open.push(name ?? '');
      }
      expect(open).toEqual([]);
    }
  });
});

test('nothing to show gives no chart', () => {
  const empty = sampleComparison([sampleRun('a', { tokens: [], statistics: null, status: 'waiting' })]);
  expect(columnChart(empty, 'a')).toBeNull();
  expect(columnChart(empty, 'none')).toBeNull();
  for (const chart of overviewCharts(empty)) expect(svgOf(chart)).not.toMatch(/NaN|Infinity/);
});
