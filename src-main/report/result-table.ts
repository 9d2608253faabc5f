import type { Comparison, ComparisonColumn, ComparisonRun } from '../contract/comparison.ts';
import type { Statistics } from '../contract/generation.ts';
import { repeatsItself } from './repeated-text.ts';

/** Which values of a figure are better; `none`: neither. */
export type Direction = 'more' | 'less' | 'none';

/**
 * Every figure: what it measures, the generation, the text or its likelihood; which values are better; its label and
 * decimal places in exported files.
 */
const figures = {
  tokensPerSecond: { of: 'generation', better: 'more', label: 'Tokens/s', decimals: 1 },
  firstTokenMs: { of: 'generation', better: 'less', label: 'First token, ms', decimals: 0 },
  outputTokens: { of: 'text', better: 'none', label: 'Tokens', decimals: 0 },
  forwards: { of: 'generation', better: 'none', label: 'Forwards', decimals: 0 },
  tokensPerForward: { of: 'generation', better: 'more', label: 'Tokens per forward', decimals: 2 },
  acceptance: { of: 'generation', better: 'more', label: 'Acceptance rate', decimals: 2 },
  logProbabilitySum: { of: 'likelihood', better: 'more', label: 'Summed log-probability', decimals: 2 },
  logProbabilityMean: { of: 'likelihood', better: 'more', label: 'Mean log-probability', decimals: 3 },
  perplexity: { of: 'likelihood', better: 'less', label: 'Perplexity', decimals: 2 },
  distinct1: { of: 'text', better: 'more', label: 'Distinct-1', decimals: 2 },
  distinct2: { of: 'text', better: 'more', label: 'Distinct-2', decimals: 2 },
  distinct3: { of: 'text', better: 'more', label: 'Distinct-3', decimals: 2 },
  repetition: { of: 'text', better: 'less', label: 'Repetition', decimals: 2 },
} as const satisfies Record<
  string,
  { of: 'generation' | 'text' | 'likelihood'; better: Direction; label: string; decimals: number }
>;

export type FigureName = keyof typeof figures;
export const figureNames = Object.keys(figures) as FigureName[];

export interface Figure {
  readonly name: FigureName;
  readonly better: Direction;
  readonly label: string;
  readonly decimals: number;
}

/** A figure of one column over its repeats. */
export interface Cell {
  readonly median: number;
  readonly minimum: number;
  readonly maximum: number;
  /**
   * Whether no column has a better median; several columns may share the best one. Never in a figure of the text if
   * the column repeats itself: a loop is very likely.
   */
  readonly best: boolean;
}

export interface ResultRow {
  readonly column: ComparisonColumn;
  readonly doneRuns: number;
  readonly allRuns: number;
  /** Finished runs whose texts repeat themselves. */
  readonly repeatingRuns: number;
  /** Whether the texts of at least half of the finished runs repeat themselves, so that the medians are theirs. */
  readonly repeatsItself: boolean;
  /** Whether the log-probabilities of a finished run are approximate: stopped before its text was read again. */
  readonly approximate: boolean;
  /** null if no finished run has the figure. */
  readonly cells: Readonly<Record<FigureName, Cell | null>>;
  /** Whether the speed varies so much between repeats that the machine was probably busy. */
  readonly busy: boolean;
}

export interface ResultTable {
  readonly figures: readonly Figure[];
  readonly rows: readonly ResultRow[];
}

/** Ratio of the fastest repeat to the slowest above which the machine counts as busy. */
const busyRatio = 1.3;

/**
 * Output tokens per second over the whole run. The time from the first token to the last would be meaningless for a
 * search, which emits many tokens at once.
 */
export function overallSpeed({ outputTokens, totalMs }: Statistics): number {
  return totalMs > 0 ? (1000 * outputTokens) / totalMs : 0;
}

function figureOf(name: FigureName, statistics: Statistics): number | null {
  const { outputTokens, forwards, proposedTokens = 0, acceptedTokens = 0, distinct } = statistics;
  switch (name) {
    case 'tokensPerSecond':
      return overallSpeed(statistics);
    case 'tokensPerForward':
      return forwards > 0 ? outputTokens / forwards : null;
    case 'acceptance':
      return proposedTokens > 0 ? acceptedTokens / proposedTokens : null;
    case 'distinct1':
      return distinct[0];
    case 'distinct2':
      return distinct[1];
    case 'distinct3':
      return distinct[2];
    case 'firstTokenMs':
    case 'outputTokens':
    case 'forwards':
    case 'logProbabilitySum':
    case 'logProbabilityMean':
    case 'perplexity':
    case 'repetition':
      return statistics[name];
  }
}

/** Computes the figures of every column over its finished runs. */
export function resultTable({ columns, runs }: Pick<Comparison, 'columns' | 'runs'>): ResultTable {
  const rows = columns.map((column) =>
    rowOf(
      column,
      runs.filter(({ columnId }) => columnId === column.id),
    ),
  );
  for (const name of figureNames) markBest(rows, name);
  return { figures: figureNames.map((name) => ({ name, ...figures[name] })), rows };
}

/** Whether `name` is a figure of a row's log-probabilities, and these are approximate. */
export function isApproximate({ approximate }: Pick<ResultRow, 'approximate'>, name: FigureName): boolean {
  return approximate && figures[name].of === 'likelihood';
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
type MutableRow = Omit<ResultRow, 'cells'> & { readonly cells: Record<FigureName, Writable<Cell> | null> };

function rowOf(column: ComparisonColumn, runs: readonly ComparisonRun[]): MutableRow {
  const done = runs.filter(({ status, statistics }) => status === 'done' && statistics !== null);
  const entries = figureNames.map((name) => {
    const values = done.flatMap(({ statistics }) => (statistics && figureOf(name, statistics)) ?? []);
    return [name, cellOf(values)] as const;
  });
  const cells = Object.fromEntries(entries) as MutableRow['cells'];
  const speed = cells.tokensPerSecond;
  const busy = speed !== null && speed.maximum > busyRatio * speed.minimum;
  const repeatingRuns = done.filter(({ tokens }) => repeatsItself(tokens)).length;
  return {
    column,
    doneRuns: done.length,
    allRuns: runs.length,
    repeatingRuns,
    repeatsItself: repeatingRuns > 0 && 2 * repeatingRuns >= done.length,
    approximate: done.some(({ statistics }) => (statistics?.approximateTokens ?? 0) > 0),
    cells,
    busy,
  };
}

function cellOf(values: readonly number[]): Writable<Cell> | null {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((one, other) => one - other);
  const [minimum, maximum] = [sorted[0], sorted.at(-1)];
  if (minimum === undefined || maximum === undefined) return null;
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? maximum;
  const median = sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
  return { median, minimum, maximum, best: false };
}

function markBest(rows: readonly MutableRow[], name: FigureName): void {
  const { of, better } = figures[name];
  if (better === 'none') return;
  const filled = rows.filter(({ cells }) => cells[name] !== null);
  // A single column isn't best.
  if (filled.length < 2) return;
  const cells = filled
    .filter((row) => of === 'generation' || !row.repeatsItself)
    .flatMap(({ cells: { [name]: cell } }) => cell ?? []);
  const medians = cells.map(({ median }) => median);
  const best = better === 'more' ? Math.max(...medians) : Math.min(...medians);
  for (const cell of cells) cell.best = cell.median === best;
}

/** `rows` sorted by the median of a figure (stable); rows without it come last. */
export function sortedRows(
  rows: readonly ResultRow[],
  name: FigureName,
  direction: 'ascending' | 'descending',
): readonly ResultRow[] {
  const sign = direction === 'ascending' ? 1 : -1;
  return [...rows].sort((one, other) => {
    const [a, b] = [one.cells[name], other.cells[name]];
    if (!a || !b) return Number(!a) - Number(!b);
    return sign * (a.median - b.median);
  });
}
