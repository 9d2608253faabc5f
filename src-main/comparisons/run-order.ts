import type { Comparison, ComparisonRun } from '../contract/comparison.ts';
import type { ErrorReport } from '../contract/error.ts';
import type { GenerationRequest } from '../contract/generation.ts';
import { runRequest } from './run-request.ts';

/** A run that is to be written, and what the engine is asked for. */
export interface Turn extends Pick<ComparisonRun, 'id' | 'columnId' | 'repeat'> {
  readonly request: GenerationRequest;
}

/** A turn for each of `runs`, which are runs of `comparison`, in their order. */
export function turnsFor(comparison: Comparison, runs: readonly ComparisonRun[]): readonly Turn[] {
  const columns = new Map(comparison.columns.map((column) => [column.id, column]));
  return runs.flatMap(({ id, columnId, repeat }) => {
    const column = columns.get(columnId);
    return column ? [{ id, columnId, repeat, request: runRequest(comparison, column, repeat) }] : [];
  });
}

/** What the window is shown of a turn that could not be begun; the database still has it as a waiting one. */
export function notStarted({ id, columnId, repeat }: Turn, error: ErrorReport): ComparisonRun {
  const nothing = { text: '', tokens: [], trace: [], endReason: null, statistics: null, startedAt: null };
  return { id, columnId, repeat, status: 'failed', ...nothing, error };
}
