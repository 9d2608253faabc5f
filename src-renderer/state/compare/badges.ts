import type { ComparisonColumn, ComparisonRun } from '../../../src-main/contract/comparison.ts';
import type { FirstDifference } from '../../../src-main/report/same-text.ts';
import { firstDifference } from '../../../src-main/report/same-text.ts';

/** How a column's text relates to another one's. */
export type Badge =
  | { readonly kind: 'same'; readonly as: ComparisonColumn }
  | { readonly kind: 'differs'; readonly from: ComparisonColumn; readonly difference: FirstDifference };

/** A column and its run in the shown repeat. */
export interface ShownColumn {
  readonly column: ComparisonColumn;
  readonly run: ComparisonRun | undefined;
}

/**
 * The badge of the text of `shown[place]`: the first earlier column with the same text or, if there is none, the
 * position of the first difference from the first finished one. null if it isn't done itself, or none before it is.
 */
export function badgeOf(shown: readonly ShownColumn[], place: number): Badge | null {
  const own = shown[place]?.run;
  if (own?.status !== 'done') return null;
  const before = shown.slice(0, place).filter(({ run }) => run?.status === 'done');
  const same = before.find(({ run }) => run?.text === own.text);
  if (same) return { kind: 'same', as: same.column };
  const [first] = before;
  if (!first?.run) return null;
  const difference = firstDifference(own, first.run);
  return difference && { kind: 'differs', from: first.column, difference };
}
