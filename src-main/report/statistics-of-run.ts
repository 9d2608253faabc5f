import type { RunToken } from '../contract/run.ts';
import type { ComparisonRun } from '../contract/comparison.ts';

/** Figures computed from a run's tokens and rounds alone; valid while it is still running. */
export interface RunFigures {
  readonly outputTokens: number;
  readonly logProbabilitySum: number;
  readonly logProbabilityMean: number;
  readonly perplexity: number;
  readonly distinct: readonly [number, number, number];
  readonly repetition: number;
  /** Accepted tokens / proposed tokens; null without proposals. */
  readonly acceptance: number | null;
}

/** @param endTokens ids of end tokens, which don't count as text; default none */
export function figuresOf(
  { tokens, trace }: Pick<ComparisonRun, 'tokens' | 'trace'>,
  endTokens: ReadonlySet<number> = new Set(),
): RunFigures {
  const sum = tokens.reduce((total, { logProbability }) => total + logProbability, 0);
  const mean = tokens.length > 0 ? sum / tokens.length : 0;
  const text = tokens.filter(({ id }) => !endTokens.has(id));
  return {
    outputTokens: tokens.length,
    logProbabilitySum: sum,
    logProbabilityMean: mean,
    perplexity: tokens.length > 0 ? Math.exp(-mean) : 1,
    distinct: [distinctShare(text, 1), distinctShare(text, 2), distinctShare(text, 3)],
    repetition: 1 - distinctShare(text, 4),
    acceptance: acceptanceOf(trace),
  };
}

function acceptanceOf(trace: ComparisonRun['trace']): number | null {
  let [proposed, accepted] = [0, 0];
  for (const event of trace) {
    if (event.type !== 'round') continue;
    proposed += event.proposed.length;
    accepted += event.accepted;
  }
  return proposed > 0 ? accepted / proposed : null;
}

/** Distinct n-grams of `length` tokens / all n-grams (distinct-n, Li et al. 2016); 1 without n-grams. */
function distinctShare(tokens: readonly RunToken[], length: number): number {
  const ngrams: string[] = [];
  for (let end = length; end <= tokens.length; end++) {
    ngrams.push(JSON.stringify(tokens.slice(end - length, end).map(({ id }) => id)));
  }
  return ngrams.length > 0 ? new Set(ngrams).size / ngrams.length : 1;
}
