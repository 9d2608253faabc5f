import { line } from 'd3-shape';
import type { Comparison } from '../../contract/comparison.ts';
import { legendHeight, legendOf } from './legend.ts';
import type { Mark, Chart } from './chart.ts';
import { seriesRole } from './chart.ts';
import { chartWidth, plotOf } from './plot.ts';
import type { ChartWords } from './words.ts';
import { englishWords } from './words.ts';

/** Each point is the mean of its token and the ones before it, this many in all. */
const window = 8;
const height = 320;

/** Trailing moving average over `window` values. */
function smoothed(values: readonly number[]): number[] {
  let sum = 0;
  return values.map((value, index) => {
    sum += value - (values[index - window] ?? 0);
    return sum / Math.min(window, index + 1);
  });
}

/** Smoothed log-probability of each token of every column's first repeat. */
export function logProbabilityLines(
  { columns, runs }: Pick<Comparison, 'columns' | 'runs'>,
  words: ChartWords = englishWords,
): Chart {
  const series = columns.map((column, index) => {
    const run = runs.find(({ columnId, repeat }) => columnId === column.id && repeat === 0);
    const values = (run?.tokens ?? []).map(({ logProbability }) =>
      Number.isFinite(logProbability) ? logProbability : 0,
    );
    return { column, index, values: smoothed(values) };
  });
  const lowest = series.reduce((low, { values }) => Math.min(low, ...values), -0.5);
  const longest = series.reduce((long, { values }) => Math.max(long, values.length), 2);
  const plot = plotOf(
    height,
    { domain: [1, longest], name: words.positionAxis },
    { domain: [lowest, 0], name: words.probability },
  );
  const path = line<number>((_, index) => plot.x(index + 1), plot.y);
  const lines = series.flatMap(({ column, index, values }): Mark[] => {
    const d = path(values);
    return d === null
      ? []
      : [{ kind: 'path', role: seriesRole(index), key: column.id, label: column.name, d }];
  });
  const legend = legendOf(
    series.map(({ column: { name }, index }) => ({ name, index })),
    height,
  );
  return {
    id: 'log-probability',
    title: words.probability,
    description: words.probabilityText,
    width: chartWidth,
    height: height + legendHeight(series.length),
    marks: [...plot.marks, ...lines, ...legend],
    table: {
      header: [words.position, ...series.map(({ column }) => column.name)],
      rows: Array.from({ length: longest }, (_, position) => [
        String(position + 1),
        ...series.map(({ values }) => values[position]?.toFixed(3) ?? ''),
      ]),
    },
  };
}
