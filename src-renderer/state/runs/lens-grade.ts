import type { TokenOrigin } from '../../../src-main/contract/generation.ts';

/** What the token lens colours tokens by. */
export const lensModes = ['probability', 'origin', 'rank', 'entropy'] as const;
export type LensMode = (typeof lensModes)[number];

/** From 0, most expected, to 4, or where a token comes from; each has a colour and a kind of underline. */
export type Grade = 0 | 1 | 2 | 3 | 4 | TokenOrigin;

/** The known values of a token; rank and entropy only once it is inspected. */
export interface LensToken {
  /** NaN for a token that the user chose, until it is inspected. */
  readonly logProbability: number;
  /** Whether a linear read may give another. */
  readonly approximate?: true | undefined;
  readonly origin?: TokenOrigin | undefined;
  readonly rank?: number | undefined;
  readonly entropy?: number | undefined;
}

/** Upper limits of grades 0 to 3, of 1 - probability, of the rank from 0, and of the entropy in nats. */
const limits = {
  probability: [0.1, 0.4, 0.7, 0.9],
  rank: [0, 1, 4, 19],
  entropy: [0.5, 1.5, 3, 5],
} as const;

/** Whether the user wrote or chose a token; no strategy did. */
export function isGiven({ logProbability }: Pick<LensToken, 'logProbability'>): boolean {
  return Number.isNaN(logProbability);
}

/** Whether what the engine finds for a token is to be shown instead of what was recorded with it. */
export function needsReading(token: Pick<LensToken, 'logProbability' | 'approximate'>): boolean {
  return isGiven(token) || token.approximate === true;
}

/** The grade of `token` in `mode`; undefined while that isn't known. */
export function gradeOf(mode: LensMode, token: LensToken): Grade | undefined {
  switch (mode) {
    case 'probability':
      if (isGiven(token)) return undefined;
      return graded(1 - Math.exp(token.logProbability), limits.probability);
    case 'origin':
      return token.origin ?? (isGiven(token) ? undefined : 'model');
    case 'rank':
      return token.rank === undefined ? undefined : graded(token.rank, limits.rank);
    case 'entropy':
      return token.entropy === undefined ? undefined : graded(token.entropy, limits.entropy);
  }
}

function graded(value: number, steps: readonly number[]): Grade {
  const grade = steps.findIndex((limit) => value <= limit);
  return (grade < 0 ? 4 : grade) as Grade;
}

/** A token's text as shown inline: a line end, which has no width, as a symbol. */
export function shownToken(text: string): string {
  return text.replaceAll('\n', '⏎\n');
}

/** Spaces, tabs and line ends that would be invisible. */
export function visibleSpaces(text: string): string {
  return text.replaceAll(' ', '·').replaceAll('\n', '⏎').replaceAll('\t', '→');
}
