import { randomUUID } from 'node:crypto';
import type {
  Comparison,
  ComparisonColumn,
  ComparisonRun,
  NewColumn,
  NewComparison,
} from '../contract/comparison.ts';
import { ForedraftError } from '../contract/error.ts';
import type { RecordedRun } from '../contract/run.ts';
import { titleFrom } from '../contract/title.ts';
import { utcOffsetAt } from '../database/utc-offset.ts';
import { strategyOfRun } from './run-request.ts';

/** What to compare, with which model, and the comparison it repeats, if any. */
export type ComparisonRequest = NewComparison & {
  readonly modelId: string;
  readonly provider: string;
  /** Name of the adapter that the model runs with; default none. */
  readonly adapter?: string | null;
  readonly rerunOf?: string | null;
};

/** A comparison whose runs all wait, named by its prompt. `now` is in milliseconds since 1970. */
export function newComparison(request: ComparisonRequest, now: number): Comparison {
  const columns = newColumns(request.columns);
  const { prompt, raw, systemPrompt, earlier, repeats, seed, maxTokens, modelId, provider } = request;
  const { adapter = null, rerunOf = null } = request;
  const asked = { prompt, raw, systemPrompt, repeats, seed, maxTokens, modelId, provider };
  return {
    id: randomUUID(),
    ...asked,
    ...(earlier && { earlier }),
    name: titleFrom(prompt),
    notes: '',
    tags: [],
    starred: false,
    createdAt: now,
    utcOffset: utcOffsetAt(now),
    updatedAt: now,
    rerunOf,
    columns,
    runs: newRuns(columns, repeats, adapter),
  };
}

export function newColumns(columns: readonly NewColumn[]): readonly ComparisonColumn[] {
  return columns.map(({ name, strategy }) => ({ id: randomUUID(), name, strategy }));
}

/**
 * Waiting runs of `columns` in the order in which they run: every column once per repeat, each repeat starting with
 * another column, so that a machine that warms up or slows down favours none.
 * @param adapter that the model runs with, or null
 */
export function newRuns(
  columns: readonly ComparisonColumn[],
  repeats: number,
  adapter: string | null,
): readonly ComparisonRun[] {
  return Array.from({ length: repeats }, (_, repeat) => {
    const first = repeat % Math.max(columns.length, 1);
    const order = [...columns.slice(first), ...columns.slice(0, first)];
    return order.map((column) => waitingRun(column.id, repeat, adapter));
  }).flat();
}

/**
 * The same comparison under new ids. A run that is `streaming` becomes `interrupted`: nothing writes it here.
 * @throws ForedraftError `file-failed` if a run belongs to no column
 */
export function withFreshIds(comparison: Comparison): Comparison {
  const columnIds = new Map(comparison.columns.map(({ id }) => [id, randomUUID()]));
  const runs = comparison.runs.map((run) => {
    const columnId = columnIds.get(run.columnId);
    if (columnId === undefined) throw strayRun(run);
    const status = run.status === 'streaming' ? 'interrupted' : run.status;
    return { ...run, id: randomUUID(), columnId, status };
  });
  const columns = comparison.columns.map((column) => ({
    ...column,
    id: columnIds.get(column.id) ?? randomUUID(),
  }));
  return { ...comparison, id: randomUUID(), columns, runs };
}

/** A run of a column with its owner, model and strategy. */
export function recordedRunOf(
  { id: comparisonId, modelId, provider, seed }: Pick<Comparison, 'id' | 'modelId' | 'provider' | 'seed'>,
  column: ComparisonColumn,
  { columnId, repeat, ...run }: ComparisonRun,
): RecordedRun {
  const owner = { kind: 'column', comparisonId, columnId, repeat } as const;
  return { ...run, owner, modelId, provider, strategy: strategyOfRun({ seed }, column, repeat) };
}

function waitingRun(columnId: string, repeat: number, adapter: string | null): ComparisonRun {
  const empty = { text: '', tokens: [], trace: [], endReason: null, statistics: null, error: null };
  const unstarted = { startedAt: null, kernels: null } as const;
  return { id: randomUUID(), columnId, repeat, adapter, status: 'waiting', ...empty, ...unstarted };
}

function strayRun({ id, columnId }: ComparisonRun): ForedraftError {
  return new ForedraftError(
    'file-failed',
    `The comparison can't be saved because its run ${id} belongs to column ${columnId}, which it doesn't have: export it again.`,
    { id, columnId },
  );
}
