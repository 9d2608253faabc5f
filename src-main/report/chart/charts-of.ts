import type { Comparison, ComparisonRun } from '../../contract/comparison.ts';
import { isSearchStep } from '../../contract/generation.ts';
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

/** Charts over all columns, without empty ones. */
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

/** Every chart of a comparison, each with a unique name. */
export function allCharts(
  comparison: Pick<Comparison, 'columns' | 'runs'>,
): readonly { readonly name: string; readonly chart: Chart }[] {
  const inside = comparison.columns.flatMap(({ id, name }) => {
    const chart = columnChart(comparison, id);
    return chart ? [{ name: `${chart.title}: ${name}`, chart }] : [];
  });
  return [...overviewCharts(comparison).map((chart) => ({ name: chart.title, chart })), ...inside];
}

/** The chart of how one column's first repeat was decoded; null if its strategy reported no steps. */
export function columnChart(
  { runs }: Pick<Comparison, 'runs'>,
  columnId: string,
  words: ChartWords = englishWords,
): Chart | null {
  const run = runs.find((one) => one.columnId === columnId && one.repeat === 0);
  return run ? runChart(run, words) : null;
}

/** The chart of how a run was decoded; null if its strategy reported no steps. */
export function runChart(run: ComparisonRun, words: ChartWords): Chart | null {
  if (run.trace.some(isSearchStep)) return beamTree(run, words);
  return run.trace.some(({ type }) => type === 'round') ? speculationRounds(run, words) : null;
}
