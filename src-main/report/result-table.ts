import type { Comparison, ComparisonColumn, ComparisonRun } from '../contract/comparison.ts';
import type { Statistics } from '../contract/generation.ts';

/** Whether more or less of a figure is better; `none`: it only tells. */
export type Direction = 'more' | 'less' | 'none';

export interface Figure {
  readonly name: FigureName;
  readonly better: Direction;
}

export const figureNames = [
  'tokensPerSecond',
  'firstTokenMs',
  'outputTokens',
  'forwards',
  'tokensPerForward',
  'acceptance',
  'logProbabilitySum',
  'logProbabilityMean',
  'perplexity',
  'distinct1',
  'distinct2',
  'distinct3',
  'repetition',
] as const;
export type FigureName = (typeof figureNames)[number];

/** What a column's runs came to; the ends are those of its repeats. */
export interface Cell {
  readonly median: number;
  readonly minimum: number;
  readonly maximum: number;
  /** No column has a better median; several may share that. */
  readonly best: boolean;
}

export interface ResultRow {
  readonly column: ComparisonColumn;
  readonly doneRuns: number;
  readonly allRuns: number;
  /** null where no run that is done has the figure. */
  readonly cells: Readonly<Record<FigureName, Cell | null>>;
  /** The repeats differ so much in speed that the machine must have been busy. */
  readonly busy: boolean;
}

export interface ResultTable {
  readonly figures: readonly Figure[];
  readonly rows: readonly ResultRow[];
}

const better: Readonly<Record<FigureName, Direction>> = {
  tokensPerSecond: 'more',
  firstTokenMs: 'less',
  outputTokens: 'none',
  forwards: 'none',
  tokensPerForward: 'more',
  acceptance: 'more',
  logProbabilitySum: 'more',
  logProbabilityMean: 'more',
  perplexity: 'less',
  distinct1: 'more',
  distinct2: 'more',
  distinct3: 'more',
  repetition: 'less',
};

/** Repeats of one column that are further apart than this, in speed, were disturbed. */
const busyRatio = 1.3;

/**
 * Tokens over the whole time of the run, in seconds: a search settles many tokens at once, so that the time
 * between the first and the last one tells nothing of its speed.
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

/** The figures of every column over its runs that are done. */
export function resultTable({ columns, runs }: Pick<Comparison, 'columns' | 'runs'>): ResultTable {
  const rows = columns.map((column) =>
    rowOf(
      column,
      runs.filter(({ columnId }) => columnId === column.id),
    ),
  );
  for (const name of figureNames) markBest(rows, name);
  return { figures: figureNames.map((name) => ({ name, better: better[name] })), rows };
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
type OpenRow = Omit<ResultRow, 'cells'> & { readonly cells: Record<FigureName, Writable<Cell> | null> };

function rowOf(column: ComparisonColumn, runs: readonly ComparisonRun[]): OpenRow {
  const done = runs.filter(({ status, statistics }) => status === 'done' && statistics !== null);
  const entries = figureNames.map((name) => {
    const values = done.flatMap(({ statistics }) => (statistics && figureOf(name, statistics)) ?? []);
    return [name, cellOf(values)] as const;
  });
  const cells = Object.fromEntries(entries) as OpenRow['cells'];
  const speed = cells.tokensPerSecond;
  const busy = speed !== null && speed.maximum > busyRatio * speed.minimum;
  return { column, doneRuns: done.length, allRuns: runs.length, cells, busy };
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

function markBest(rows: readonly OpenRow[], name: FigureName): void {
  if (better[name] === 'none') return;
  const cells = rows.flatMap(({ cells: { [name]: cell } }) => cell ?? []);
  // A column alone is no winner.
  if (cells.length < 2) return;
  const medians = cells.map(({ median }) => median);
  const best = better[name] === 'more' ? Math.max(...medians) : Math.min(...medians);
  for (const cell of cells) cell.best = cell.median === best;
}

/** `rows` by the median of a figure; what has none comes last, equals stay as they were. */
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
