import type { Comparison, ComparisonColumn, ComparisonRun } from '../../../src-main/contract/comparison.ts';
import { isExact } from '../../../src-main/report/numerics.ts';

/** A run whose text is another one than in the original. */
export interface DifferingRun {
  readonly column: ComparisonColumn;
  readonly repeat: number;
  readonly before: string;
  readonly after: string;
}

/**
 * Why a text may differ though prompt, strategy and seed are the same. `provider`, `adapter`, `kernels`: the original was
 * computed by another one; `processor`: ONNX Runtime's kernels computed both, and round differently on other processors.
 */
export type RerunDifference = 'provider' | 'adapter' | 'kernels' | 'processor';

export interface RerunResult {
  /** Runs that are done in both. */
  readonly compared: number;
  readonly differing: readonly DifferingRun[];
  /** null if the texts must be the same. */
  readonly mayDiffer: RerunDifference | null;
}

/** What became of the original's texts when it was run again; columns are matched by their places. */
export function compareWithOriginal(original: Comparison, rerun: Comparison): RerunResult {
  const pairs = rerun.columns.flatMap((column, place) =>
    rerun.runs.flatMap((after) => {
      if (after.columnId !== column.id || after.status !== 'done') return [];
      const counterpart = original.columns[place]?.id;
      const before = original.runs.find(
        ({ columnId, repeat }) => columnId === counterpart && repeat === after.repeat,
      );
      return before?.status === 'done' ? [{ column, before, after }] : [];
    }),
  );
  const differing = pairs.flatMap(({ column, before, after }) =>
    before.text === after.text
      ? []
      : [{ column, repeat: after.repeat, before: before.text, after: after.text }],
  );
  const otherProvider = pairs.length > 0 && original.provider !== rerun.provider;
  return { compared: pairs.length, differing, mayDiffer: otherProvider ? 'provider' : differenceIn(pairs) };
}

function differenceIn(
  pairs: readonly { readonly before: ComparisonRun; readonly after: ComparisonRun }[],
): RerunDifference | null {
  if (pairs.some(({ before, after }) => before.adapter !== after.adapter)) return 'adapter';
  if (pairs.some(({ before, after }) => isExact(before) !== isExact(after))) return 'kernels';
  return pairs.every(({ after }) => isExact(after)) ? null : 'processor';
}
