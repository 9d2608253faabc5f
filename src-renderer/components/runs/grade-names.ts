import type { Grade, LensMode } from '../../state/runs/lens-grade.ts';

/** Every grade of each mode, in the order of the legend, and how it is called. */
export const gradeNames = {
  probability: [
    [0, 'lens-probability-0'],
    [1, 'lens-probability-1'],
    [2, 'lens-probability-2'],
    [3, 'lens-probability-3'],
    [4, 'lens-probability-4'],
  ],
  origin: [
    ['accepted', 'lens-origin-accepted'],
    ['bonus', 'lens-origin-bonus'],
    ['recovered', 'lens-origin-recovered'],
    ['model', 'lens-origin-model'],
  ],
  rank: [
    [0, 'lens-rank-0'],
    [1, 'lens-rank-1'],
    [2, 'lens-rank-2'],
    [3, 'lens-rank-3'],
    [4, 'lens-rank-4'],
  ],
  entropy: [
    [0, 'lens-entropy-0'],
    [1, 'lens-entropy-1'],
    [2, 'lens-entropy-2'],
    [3, 'lens-entropy-3'],
    [4, 'lens-entropy-4'],
  ],
} as const satisfies Readonly<Record<LensMode, readonly (readonly [Grade, string])[]>>;

export type GradeName = (typeof gradeNames)[LensMode][number][1];

/** The name of a grade, or of not knowing it. */
export function gradeName(mode: LensMode, grade: Grade | undefined): GradeName | 'lens-not-loaded' {
  const names: readonly (readonly [Grade, GradeName])[] = gradeNames[mode];
  return names.find(([named]) => named === grade)?.[1] ?? 'lens-not-loaded';
}
