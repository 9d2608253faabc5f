import type { ComparisonRun, ComparisonToken } from '../contract/comparison.ts';

/** What a run amounts to, made from its tokens and rounds alone, however far it has come. */
export interface RunFigures {
  readonly outputTokens: number;
  readonly logProbabilitySum: number;
  readonly logProbabilityMean: number;
  readonly perplexity: number;
  readonly distinct: readonly [number, number, number];
  readonly repetition: number;
  /** Guesses that came true, of those that were made; null where none was. */
  readonly acceptance: number | null;
}

/** @param endTokens ids that end a text and are no part of it; default none */
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

/** Runs of `length` tokens that differ, of all; 1 where there is none. */
function distinctShare(tokens: readonly ComparisonToken[], length: number): number {
  const runs: string[] = [];
  for (let end = length; end <= tokens.length; end++) {
    runs.push(JSON.stringify(tokens.slice(end - length, end).map(({ id }) => id)));
  }
  return runs.length > 0 ? new Set(runs).size / runs.length : 1;
}
