import type { Comparison } from '../../contract/comparison.ts';
import { acceptanceTimeLines } from './acceptance-over-time.ts';
import { acceptanceLines } from './acceptance.ts';
import { beamTree } from './beam-tree.ts';
import { logProbabilityLines } from './log-probability.ts';
import type { Chart } from './chart.ts';
import { qualitySpeed } from './quality-speed.ts';
import { speculationRounds } from './speculation-rounds.ts';
import { speedBars } from './speed-bars.ts';
import type { ChartWords } from './words.ts';
import { englishWords } from './words.ts';

/** Charts over all columns; those that would be empty are left out. */
export function overviewCharts(
  comparison: Pick<Comparison, 'columns' | 'runs'>,
  words: ChartWords = englishWords,
): readonly Chart[] {
  const charts = [
    speedBars(comparison, words),
    qualitySpeed(comparison, words),
    logProbabilityLines(comparison, words),
    acceptanceLines(comparison, words),
    acceptanceTimeLines(comparison, words),
  ];
  return charts.filter(({ table }) => table.rows.length > 0);
}

/** Every chart of a comparison with a name of its own. */
export function allCharts(
  comparison: Pick<Comparison, 'columns' | 'runs'>,
): readonly { readonly name: string; readonly chart: Chart }[] {
  const inside = comparison.columns.flatMap(({ id, name }) => {
    const chart = columnChart(comparison, id);
    return chart ? [{ name: `${chart.title}: ${name}`, chart }] : [];
  });
  return [...overviewCharts(comparison).map((chart) => ({ name: chart.title, chart })), ...inside];
}

/** The chart of what one column's algorithm did in its first repeat; null where it had nothing to tell. */
export function columnChart(
  { columns, runs }: Pick<Comparison, 'columns' | 'runs'>,
  columnId: string,
  words: ChartWords = englishWords,
): Chart | null {
  const column = columns.find(({ id }) => id === columnId);
  const run = runs.find((one) => one.columnId === columnId && one.repeat === 0);
  if (!column || !run) return null;
  const has = (type: string) => run.trace.some((event) => event.type === type);
  if (has('beams')) return beamTree(run, column.strategy.kind === 'candidate-set', words);
  return has('round') ? speculationRounds(run, words) : null;
}
