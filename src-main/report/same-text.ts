import type { RunToken } from '../contract/run.ts';
import type { Comparison, ComparisonRun } from '../contract/comparison.ts';

/** Columns whose runs produced the same text in every repeat. */
export interface SameTextGroup {
  readonly columnIds: readonly string[];
}

/** Where two runs first differ. */
export interface FirstDifference {
  /** 0-based token position. */
  readonly position: number;
  /** null if that run ended before this position. */
  readonly one: RunToken | null;
  readonly other: RunToken | null;
}

/** Groups columns by text, in order of their first column; an unfinished column is a group by itself. */
export function sameTextGroups({
  columns,
  runs,
}: Pick<Comparison, 'columns' | 'runs'>): readonly SameTextGroup[] {
  const groups = new Map<string, string[]>();
  for (const { id } of columns) {
    const ofColumn = runs
      .filter(({ columnId }) => columnId === id)
      .sort((one, other) => one.repeat - other.repeat);
    const finished = ofColumn.length > 0 && ofColumn.every(({ status }) => status === 'done');
    const key = finished ? JSON.stringify(ofColumn.map(({ text }) => text)) : id;
    const group = groups.get(key);
    if (group) group.push(id);
    else groups.set(key, [id]);
  }
  return [...groups.values()].map((columnIds) => ({ columnIds }));
}

/** The first position at which two runs' tokens differ, or null if they are identical. */
export function firstDifference(
  one: Pick<ComparisonRun, 'tokens'>,
  other: Pick<ComparisonRun, 'tokens'>,
): FirstDifference | null {
  const length = Math.max(one.tokens.length, other.tokens.length);
  for (let position = 0; position < length; position++) {
    const [a, b] = [one.tokens[position] ?? null, other.tokens[position] ?? null];
    if (a?.id !== b?.id) return { position, one: a, other: b };
  }
  return null;
}
