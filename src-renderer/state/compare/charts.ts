import type { Comparison, ComparisonColumn, ComparisonRun } from '../../../src-main/contract/comparison.ts';
import type { Chart } from '../../../src-main/report/chart/chart.ts';
import { columnChart } from '../../../src-main/report/chart/charts-of.ts';
import type { TreeNode } from '../../../src-main/report/chart/search-tree.ts';
import { searchTree } from '../../../src-main/report/chart/search-tree.ts';
import type { ChartWords } from '../../../src-main/report/chart/words.ts';
import { chartWordKeys } from '../../messages/chart-word-keys.ts';
import type { Language } from '../shell/language.svelte.ts';

type Drawn = Pick<Comparison, 'columns' | 'runs'>;

/** The words of charts in the window's language. */
export function chartWords(language: Language): ChartWords {
  const entries = Object.entries(chartWordKeys).map(([word, key]) => [word, language.text(key)]);
  return Object.fromEntries(entries) as ChartWords;
}

/** The columns whose algorithm told what it did in `repeat`. */
export function columnsWithTrace({ columns, runs }: Drawn, repeat: number): readonly ComparisonColumn[] {
  const told = runs.filter(
    (run) => run.repeat === repeat && run.trace.some(({ type }) => type !== 'hypotheses'),
  );
  return columns.filter(({ id }) => told.some(({ columnId }) => columnId === id));
}

/** Charts of runs as they were, so that looking elsewhere and back draws nothing anew. */
const drawn = new WeakMap<ComparisonRun, { readonly words: ChartWords; readonly chart: Chart | null }>();

/** What a column's algorithm did in one repeat; null where it told nothing. */
export function insideOf(
  { columns, runs }: Drawn,
  columnId: string,
  repeat: number,
  words: ChartWords,
): Chart | null {
  const run = runs.find((one) => one.columnId === columnId && one.repeat === repeat);
  if (!run) return null;
  const before = drawn.get(run);
  if (before?.words === words) return before.chart;
  // Charts are of a first repeat.
  const chart = columnChart({ columns, runs: [{ ...run, repeat: 0 }] }, columnId, words);
  drawn.set(run, { words, chart });
  return chart;
}

/** The steps of a column's search in one repeat; none where it has no run or no search. */
export function searchSteps(
  { runs }: Drawn,
  { id, strategy }: ComparisonColumn,
  repeat: number,
): readonly (readonly TreeNode[])[] {
  const run = runs.find((one) => one.columnId === id && one.repeat === repeat);
  return run ? searchTree(run, strategy.kind === 'candidate-set') : [];
}

/** The node that a tree's chart has under `key`; undefined where there is none. */
export function nodeAt(steps: readonly (readonly TreeNode[])[], key: string): TreeNode | undefined {
  const [step = -1, place = -1] = key.split('-').map(Number);
  return steps[step]?.[place];
}
