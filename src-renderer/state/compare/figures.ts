import { isSearchStep, type Statistics } from '../../../src-main/contract/generation.ts';
import type { RunToken, TraceEvent } from '../../../src-main/contract/run.ts';
import { overallSpeed } from '../../../src-main/report/result-table.ts';

/** What is shown of a run beside its text; times in milliseconds, logarithms natural. */
export interface RunFigures {
  readonly outputTokens: number;
  /** Over the whole time: searches settle many tokens at once. null before there is one. */
  readonly tokensPerSecond: number | null;
  /** null where it isn't known: the window came later. */
  readonly firstTokenMs: number | null;
  readonly forwards: number;
  /** Tokens that were guessed, and how many of them came true; 0 without speculation. */
  readonly proposed: number;
  readonly accepted: number;
  readonly logProbabilitySum: number;
  readonly logProbabilityMean: number;
}

/** The figures of a run that has ended. */
export function figuresAtEnd(statistics: Statistics): RunFigures {
  const { outputTokens, firstTokenMs, forwards, proposedTokens, acceptedTokens } = statistics;
  const { logProbabilitySum, logProbabilityMean } = statistics;
  return {
    outputTokens,
    tokensPerSecond: outputTokens > 0 ? overallSpeed(statistics) : null,
    firstTokenMs,
    forwards,
    proposed: proposedTokens ?? 0,
    accepted: acceptedTokens ?? 0,
    logProbabilitySum,
    logProbabilityMean,
  };
}

/**
 * The figures of a run from what there is of it. Forwards are those that told something: a round of
 * speculation, a step of a search, or a token without either; the exact count comes with the end.
 * @param elapsedMs since the run began; 0 where that isn't known
 */
export function figuresSoFar(
  tokens: readonly RunToken[],
  trace: readonly TraceEvent[],
  elapsedMs: number,
  firstTokenMs: number | null,
): RunFigures {
  let [proposed, accepted, rounds, steps] = [0, 0, 0, 0];
  for (const event of trace) {
    if (event.type === 'round') {
      rounds += 1;
      proposed += event.proposed.length;
      accepted += event.accepted;
    } else if (isSearchStep(event)) steps += 1;
  }
  const sum = tokens.reduce((total, { logProbability }) => total + logProbability, 0);
  // A round gives what came true and one token more.
  const alone = Math.max(0, tokens.length - accepted - rounds);
  // A search is further than what it has settled.
  const written = Math.max(tokens.length, steps);
  return {
    outputTokens: tokens.length,
    tokensPerSecond: written > 0 && elapsedMs > 0 ? (1000 * written) / elapsedMs : null,
    firstTokenMs,
    forwards: steps > 0 ? steps : rounds + alone,
    proposed,
    accepted,
    logProbabilitySum: sum,
    logProbabilityMean: tokens.length > 0 ? sum / tokens.length : 0,
  };
}
