import { randomUUID } from 'node:crypto';
import type {
  Comparison,
  ComparisonColumn,
  ComparisonRun,
  NewColumn,
  NewComparison,
} from '../contract/comparison.ts';
import { ForedraftError } from '../contract/error.ts';
import { titleFrom } from '../contract/title.ts';

/** What is to be compared, by whom, and which comparison it repeats, if one. */
export type ComparisonRequest = NewComparison & {
  readonly modelId: string;
  readonly provider: string;
  readonly rerunOf?: string | null;
};

/** A comparison that nothing has run of yet; its prompt names it. `now` in milliseconds since 1970. */
export function newComparison(request: ComparisonRequest, now: number): Comparison {
  const columns = newColumns(request.columns);
  const { prompt, raw, systemPrompt, repeats, seed, maxTokens, modelId, provider, rerunOf } = request;
  const asked = { prompt, raw, systemPrompt, repeats, seed, maxTokens, modelId, provider };
  return {
    id: randomUUID(),
    ...asked,
    name: titleFrom(prompt),
    notes: '',
    tags: [],
    starred: false,
    createdAt: now,
    updatedAt: now,
    rerunOf: rerunOf ?? null,
    columns,
    runs: newRuns(columns, repeats),
  };
}

export function newColumns(columns: readonly NewColumn[]): readonly ComparisonColumn[] {
  return columns.map(({ name, strategy }) => ({ id: randomUUID(), name, strategy }));
}

/**
 * Waiting runs of `columns` in the order of their turns: every column once, then every column again, and each
 * time another column is first, so that a machine that warms up or slows down favours none.
 */
export function newRuns(columns: readonly ComparisonColumn[], repeats: number): readonly ComparisonRun[] {
  return Array.from({ length: repeats }, (_, repeat) => {
    const first = repeat % Math.max(columns.length, 1);
    const turns = [...columns.slice(first), ...columns.slice(0, first)];
    return turns.map((column) => waitingRun(column.id, repeat));
  }).flat();
}

/**
 * The same comparison under new ids. A run that is `streaming` becomes `interrupted`: nobody writes it here.
 * @throws ForedraftError `file-failed` where a run belongs to no column
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

function waitingRun(columnId: string, repeat: number): ComparisonRun {
  const nothing = { text: '', tokens: [], trace: [], endReason: null, statistics: null, error: null };
  return { id: randomUUID(), columnId, repeat, status: 'waiting', ...nothing, startedAt: null };
}

function strayRun({ id, columnId }: ComparisonRun): ForedraftError {
  return new ForedraftError(
    'file-failed',
    `The comparison can't be kept because its run ${id} belongs to column ${columnId}, which it doesn't have: export it again.`,
    { id, columnId },
  );
}
