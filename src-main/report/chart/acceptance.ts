import { line } from 'd3-shape';
import type { Comparison, ComparisonRun } from '../../contract/comparison.ts';
import { legendHeight, legendOf } from './legend.ts';
import type { Mark, Chart } from './chart.ts';
import { seriesRole } from './chart.ts';
import { chartWidth, plotOf } from './plot.ts';
import type { ChartWords } from './words.ts';
import { englishWords } from './words.ts';

const height = 280;

/** Acceptance rate of the draft tokens that were checked, by position in the draft. */
export function acceptanceByPosition(runs: readonly Pick<ComparisonRun, 'trace'>[]): readonly number[] {
  const checked: number[] = [];
  const accepted: number[] = [];
  for (const event of runs.flatMap(({ trace }) => trace)) {
    if (event.type !== 'round') continue;
    // Tokens after the first rejected one were never checked.
    const reached = Math.min(event.accepted + 1, event.proposed.length);
    for (let position = 0; position < reached; position++) {
      checked[position] = (checked[position] ?? 0) + 1;
      accepted[position] = (accepted[position] ?? 0) + (position < event.accepted ? 1 : 0);
    }
  }
  return checked.map((count, position) => (accepted[position] ?? 0) / count);
}

/** Acceptance by position in the draft; one line per column with rounds. */
export function acceptanceLines(
  { columns, runs }: Pick<Comparison, 'columns' | 'runs'>,
  words: ChartWords = englishWords,
): Chart {
  const series = columns.flatMap((column, index) => {
    const shares = acceptanceByPosition(runs.filter(({ columnId }) => columnId === column.id));
    return shares.length > 0 ? [{ column, index, shares }] : [];
  });
  const longest = Math.max(2, ...series.map(({ shares }) => shares.length));
  const plot = plotOf(
    height,
    { domain: [1, longest], name: words.draftPositionAxis },
    { domain: [0, 1], name: words.share },
  );
  const path = line<number>((_, position) => plot.x(position + 1), plot.y);
  const lines = series.flatMap(({ column, index, shares }): Mark[] => {
    const role = seriesRole(index);
    const points = shares.map((share, position): Mark => {
      const label = `${column.name}, ${words.draftPosition} ${position + 1}: ${share.toFixed(2)}`;
      return { kind: 'circle', role, label, x: plot.x(position + 1), y: plot.y(share), radius: 3.5 };
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
      header: [words.draftPosition, ...series.map(({ column }) => column.name)],
      rows: Array.from({ length: series.length > 0 ? longest : 0 }, (_, position) => [
        String(position + 1),
        ...series.map(({ shares }) => shares[position]?.toFixed(3) ?? ''),
      ]),
    },
  };
}
