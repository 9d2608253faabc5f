import type { Comparison, ComparisonRun, ComparisonToken } from '../contract/comparison.ts';

/** Columns whose runs gave one text, repeat by repeat. */
export interface SameTextGroup {
  readonly columnIds: readonly string[];
}

/** Where two runs first differ. */
export interface FirstDifference {
  /** Of the token, from 0. */
  readonly position: number;
  /** null where that run's text has ended before. */
  readonly one: ComparisonToken | null;
  readonly other: ComparisonToken | null;
}

/** Whether a run's text is all that there will be of it. */
const isWhole = ({ status }: ComparisonRun) => status === 'done';

/** The columns by their texts, in order of their first column; one that isn't done stands alone. */
export function sameTextGroups({
  columns,
  runs,
}: Pick<Comparison, 'columns' | 'runs'>): readonly SameTextGroup[] {
  const groups = new Map<string, string[]>();
  for (const { id } of columns) {
    const own = runs
      .filter(({ columnId }) => columnId === id)
      .sort((one, other) => one.repeat - other.repeat);
    const whole = own.length > 0 && own.every(isWhole);
    const key = whole ? JSON.stringify(own.map(({ text }) => text)) : id;
    const group = groups.get(key);
    if (group) group.push(id);
    else groups.set(key, [id]);
  }
  return [...groups.values()].map((columnIds) => ({ columnIds }));
}

/** The first token in which two runs differ, or null where they have the same tokens. */
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
