import { line } from 'd3-shape';
import type { Comparison, ComparisonRun } from '../../contract/comparison.ts';
import { legendHeight, legendOf } from './legend.ts';
import type { Mark, Chart } from './chart.ts';
import { seriesRole } from './chart.ts';
import { chartWidth, plotOf } from './plot.ts';
import type { ChartWords } from './words.ts';
import { englishWords } from './words.ts';

const height = 280;

/** Of the guesses at each place of a proposal that were tried, the share that came true; from place 1. */
export function acceptanceByPlace(runs: readonly Pick<ComparisonRun, 'trace'>[]): readonly number[] {
  const tried: number[] = [];
  const right: number[] = [];
  for (const event of runs.flatMap(({ trace }) => trace)) {
    if (event.type !== 'round') continue;
    // What stands behind the first wrong guess was never tried.
    const reached = Math.min(event.accepted + 1, event.proposed.length);
    for (let place = 0; place < reached; place++) {
      tried[place] = (tried[place] ?? 0) + 1;
      right[place] = (right[place] ?? 0) + (place < event.accepted ? 1 : 0);
    }
  }
  return tried.map((count, place) => (right[place] ?? 0) / count);
}

/** How many guesses came true, by their place in the guess; a line for every column that guesses. */
export function acceptanceLines(
  { columns, runs }: Pick<Comparison, 'columns' | 'runs'>,
  words: ChartWords = englishWords,
): Chart {
  const series = columns.flatMap((column, index) => {
    const shares = acceptanceByPlace(runs.filter(({ columnId }) => columnId === column.id));
    return shares.length > 0 ? [{ column, index, shares }] : [];
  });
  const longest = Math.max(2, ...series.map(({ shares }) => shares.length));
  const plot = plotOf(
    height,
    { domain: [1, longest], name: words.acceptancePlaceAxis },
    { domain: [0, 1], name: words.share },
  );
  const path = line<number>((_, place) => plot.x(place + 1), plot.y);
  const lines = series.flatMap(({ column, index, shares }): Mark[] => {
    const role = seriesRole(index);
    const points = shares.map((share, place): Mark => {
      const label = `${column.name}, ${words.place} ${place + 1}: ${share.toFixed(2)}`;
      return { kind: 'circle', role, label, x: plot.x(place + 1), y: plot.y(share), radius: 3.5 };
    });
    return [{ kind: 'path', role, key: column.id, label: column.name, d: path(shares) ?? '' }, ...points];
  });
  const legend = legendOf(
    series.map(({ column: { name }, index }) => ({ name, index })),
    height,
  );
  return {
    id: 'acceptance',
    title: words.acceptance,
    description: words.acceptanceText,
    width: chartWidth,
    height: height + legendHeight(series.length),
    marks: [...plot.marks, ...lines, ...legend],
    table: {
      header: [words.place, ...series.map(({ column }) => column.name)],
      rows: Array.from({ length: series.length > 0 ? longest : 0 }, (_, place) => [
        String(place + 1),
        ...series.map(({ shares }) => shares[place]?.toFixed(3) ?? ''),
      ]),
    },
  };
}
