import type { Grade, LensMode } from '../../state/runs/lens-grade.ts';

/** How each grade is called, by mode. */
export const gradeNames = {
  probability: [
    'lens-probability-0',
    'lens-probability-1',
    'lens-probability-2',
    'lens-probability-3',
    'lens-probability-4',
  ],
  origin: ['lens-origin-0', 'lens-origin-1', 'lens-origin-2', 'lens-origin-3'],
  rank: ['lens-rank-0', 'lens-rank-1', 'lens-rank-2', 'lens-rank-3', 'lens-rank-4'],
  entropy: ['lens-entropy-0', 'lens-entropy-1', 'lens-entropy-2', 'lens-entropy-3', 'lens-entropy-4'],
} as const satisfies Readonly<Record<LensMode, readonly string[]>>;

export type GradeName = (typeof gradeNames)[LensMode][number];

/** The name of the grade of a token, or of not knowing it. */
export function gradeName(
  mode: LensMode,
  grade: Grade | undefined,
  { logProbability }: { readonly logProbability: number },
): GradeName | 'lens-not-loaded' | 'lens-given' {
  const name = grade === undefined ? undefined : gradeNames[mode][grade];
  return name ?? (Number.isNaN(logProbability) ? 'lens-given' : 'lens-not-loaded');
}
