import type { FigureName } from '../result-table.ts';

/** What figures are called in a file, and how many digits they have. */
export const figureTexts: Readonly<Record<FigureName, readonly [name: string, digits: number]>> = {
  tokensPerSecond: ['Tokens/s', 1],
  firstTokenMs: ['First token, ms', 0],
  outputTokens: ['Tokens', 0],
  forwards: ['Forwards', 0],
  tokensPerForward: ['Tokens a forward', 2],
  acceptance: ['Accepted guesses', 2],
  logProbabilitySum: ['Summed log-probability', 2],
  logProbabilityMean: ['Mean log-probability', 3],
  perplexity: ['Perplexity', 2],
  distinct1: ['Distinct-1', 2],
  distinct2: ['Distinct-2', 2],
  distinct3: ['Distinct-3', 2],
  repetition: ['Repetition', 2],
};
