import type { Comparison, ComparisonColumn, ComparisonRun } from '../../../src-main/contract/comparison.ts';
import type { Chart } from '../../../src-main/report/chart/chart.ts';
import { runChart } from '../../../src-main/report/chart/charts-of.ts';
import type { TreeNode } from '../../../src-main/report/chart/search-tree.ts';
import { searchTree } from '../../../src-main/report/chart/search-tree.ts';
import { type ChartWords, englishWords } from '../../../src-main/report/chart/words.ts';
import type { Language } from '../shell/language.svelte.ts';

type Drawn = Pick<Comparison, 'columns' | 'runs'>;

/** The words of charts in the window's language, with their {places} unfilled. */
export function chartWords({ pack }: Pick<Language, 'pack'>): ChartWords {
  const words = Object.keys(englishWords) as (keyof ChartWords)[];
  return Object.fromEntries(words.map((word) => [word, pack.messages[`chart-${word}`]])) as ChartWords;
}

/** The columns whose strategy reported steps in `repeat`. */
export function columnsWithTrace({ columns, runs }: Drawn, repeat: number): readonly ComparisonColumn[] {
  const traced = runs.filter(
    (run) => run.repeat === repeat && run.trace.some(({ type }) => type !== 'hypotheses'),
  );
  return columns.filter(({ id }) => traced.some(({ columnId }) => columnId === id));
}

/** Charts by run: a run that is shown again is not laid out again. */
const drawn = new WeakMap<ComparisonRun, { readonly words: ChartWords; readonly chart: Chart | null }>();

/** The chart of how a column's run was decoded; null if its strategy reported no steps. */
export function insideOf(
  { runs }: Pick<Drawn, 'runs'>,
  columnId: string,
  repeat: number,
  words: ChartWords,
): Chart | null {
  const run = runs.find((one) => one.columnId === columnId && one.repeat === repeat);
  if (!run) return null;
  const before = drawn.get(run);
  if (before?.words === words) return before.chart;
  const chart = runChart(run, words);
  drawn.set(run, { words, chart });
  return chart;
}

/** The steps of a column's search in one repeat; empty if it has no run or no search. */
export function searchSteps(
  { runs }: Pick<Drawn, 'runs'>,
  columnId: string,
  repeat: number,
): readonly (readonly TreeNode[])[] {
  const run = runs.find((one) => one.columnId === columnId && one.repeat === repeat);
  return run ? searchTree(run) : [];
}

/** The node whose mark in the tree's chart has `key`; undefined if there is none. */
export function nodeAt(steps: readonly (readonly TreeNode[])[], key: string): TreeNode | undefined {
  const [step = -1, place = -1] = key.split('-').map(Number);
  return steps[step]?.[place];
}
