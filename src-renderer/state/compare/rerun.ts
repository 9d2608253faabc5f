import type { Comparison, ComparisonColumn } from '../../../src-main/contract/comparison.ts';

/** A run whose text is another one than in the original. */
export interface DifferingRun {
  readonly column: ComparisonColumn;
  readonly repeat: number;
  readonly before: string;
  readonly after: string;
}

export interface RerunResult {
  /** Runs that are done in both. */
  readonly compared: number;
  readonly differing: readonly DifferingRun[];
}

/** What became of the original's texts when it was run again; columns are matched by their places. */
export function compareWithOriginal(original: Comparison, rerun: Comparison): RerunResult {
  let compared = 0;
  const differing: DifferingRun[] = [];
  rerun.columns.forEach((column, place) => {
    const counterpart = original.columns[place];
    if (!counterpart) return;
    for (const { columnId, repeat, status, text } of rerun.runs) {
      if (columnId !== column.id || status !== 'done') continue;
      const before = original.runs.find((run) => run.columnId === counterpart.id && run.repeat === repeat);
      if (before?.status !== 'done') continue;
      compared += 1;
      if (before.text !== text) differing.push({ column, repeat, before: before.text, after: text });
    }
  });
  return { compared, differing };
}
