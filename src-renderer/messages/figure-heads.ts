import type { FigureName } from '../../src-main/report/result-table.ts';
import type { MessageKey } from '../../src-main/messages/message.ts';

/** The heading of each column of the result table, and its explanation. */
export const figureHeads = {
  tokensPerSecond: ['head-speed', 'about-speed'],
  firstTokenMs: ['head-first-token', 'about-first-token'],
  outputTokens: ['head-tokens', 'about-tokens'],
  forwards: ['head-forwards', 'about-forwards'],
  tokensPerForward: ['head-tokens-per-forward', 'about-tokens-per-forward'],
  acceptance: ['head-acceptance', 'about-acceptance'],
  logProbabilitySum: ['head-sum', 'about-sum'],
  logProbabilityMean: ['head-mean', 'about-mean'],
  perplexity: ['head-perplexity', 'about-perplexity'],
  distinct1: ['head-distinct-1', 'about-distinct-1'],
  distinct2: ['head-distinct-2', 'about-distinct-2'],
  distinct3: ['head-distinct-3', 'about-distinct-3'],
  repetition: ['head-repetition', 'about-repetition'],
} as const satisfies Record<FigureName, readonly [MessageKey, MessageKey]>;
