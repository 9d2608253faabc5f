import { isSearchStep, type Statistics } from '../../../src-main/contract/generation.ts';
import type { RunToken, TraceEvent } from '../../../src-main/contract/run.ts';
import { overallSpeed } from '../../../src-main/report/result-table.ts';

/** The figures of a run. Times in milliseconds, logarithms natural. */
export interface RunStats {
  readonly outputTokens: number;
  /**
   * Output tokens per second after the first one; over the whole run if a search returns all of its text at once.
   * null until it is known.
   */
  readonly tokensPerSecond: number | null;
  /** Output tokens, or steps of a search, per second of the whole run; null until there is one. */
  readonly overallSpeed: number | null;
  /** null until the first token, and if the window didn't see it arrive. */
  readonly firstTokenMs: number | null;
  readonly forwards: number;
  /** Tokens proposed and accepted; 0 without speculation. */
  readonly proposed: number;
  readonly accepted: number;
  readonly logProbabilitySum: number;
  readonly logProbabilityMean: number;
  /** Whether the log-probabilities may differ from those of a linear read. */
  readonly approximate: boolean;
}

/** Minimum share of the run's time after the first token for the speed after it to be meaningful. */
const minShare = 0.05;

/** The stats of a run that has ended. */
export function statsAtEnd(statistics: Statistics): RunStats {
  const { outputTokens, firstTokenMs, totalMs, forwards, proposedTokens, acceptedTokens } = statistics;
  const { tokensPerSecond, logProbabilitySum, logProbabilityMean, approximateTokens = 0 } = statistics;
  const allAtOnce = outputTokens >= 2 && totalMs > 0 && totalMs - firstTokenMs < totalMs * minShare;
  const speed = allAtOnce ? (outputTokens * 1000) / totalMs : tokensPerSecond;
  return {
    outputTokens,
    tokensPerSecond: speed > 0 ? speed : null,
    overallSpeed: outputTokens > 0 ? overallSpeed(statistics) : null,
    firstTokenMs,
    forwards,
    proposed: proposedTokens ?? 0,
    accepted: acceptedTokens ?? 0,
    logProbabilitySum,
    logProbabilityMean,
    approximate: approximateTokens > 0,
  };
}

/** When things happened in a run, as far as the window knows. */
export interface RunTimes {
  /** Since the run started; 0 if unknown. */
  readonly elapsedMs: number;
  readonly firstTokenMs: number | null;
  readonly tokensPerSecond: number | null;
}

/**
 * The stats of a running run. `forwards` counts those with a separate event or token: a round of speculation, a
 * step of a search, a token outside of both; the exact number comes with the end.
 */
export function statsSoFar(
  tokens: readonly RunToken[],
  trace: readonly TraceEvent[],
  { elapsedMs, firstTokenMs, tokensPerSecond }: RunTimes,
): RunStats {
  let [proposed, accepted, rounds, steps] = [0, 0, 0, 0];
  for (const event of trace) {
    if (event.type === 'round') {
      rounds += 1;
      proposed += event.proposed.length;
      accepted += event.accepted;
    } else if (isSearchStep(event)) steps += 1;
  }
  const sum = tokens.reduce((total, { logProbability }) => total + logProbability, 0);
  // A round yields its accepted tokens and one more.
  const outsideRounds = Math.max(0, tokens.length - accepted - rounds);
  // A search runs ahead of its settled text.
  const progress = Math.max(tokens.length, steps);
  return {
    outputTokens: tokens.length,
    tokensPerSecond,
    overallSpeed: progress > 0 && elapsedMs > 0 ? (1000 * progress) / elapsedMs : null,
    firstTokenMs,
    forwards: steps > 0 ? steps : rounds + outsideRounds,
    proposed,
    accepted,
    logProbabilitySum: sum,
    logProbabilityMean: tokens.length > 0 ? sum / tokens.length : 0,
    approximate: tokens.some(({ approximate }) => approximate),
  };
}

/** Share of the output tokens that were accepted, from 0 to 1; null without speculation. */
export function acceptedShare({ proposed, accepted, outputTokens }: RunStats): number | null {
  return proposed === 0 || outputTokens === 0 ? null : accepted / outputTokens;
}
