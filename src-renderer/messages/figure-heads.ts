import type { FigureName } from '../../src-main/report/result-table.ts';
import type { MessageKey } from '../../src-main/messages/message.ts';

/** The heading of each column of the result table, its explanation, and what its best value is; null: none is best. */
export const figureHeads = {
  tokensPerSecond: ['head-speed', 'about-speed', 'best-speed'],
  firstTokenMs: ['head-first-token', 'about-first-token', 'best-first-token'],
  outputTokens: ['head-tokens', 'about-tokens', null],
  forwards: ['head-forwards', 'about-forwards', null],
  tokensPerForward: ['head-tokens-per-forward', 'about-tokens-per-forward', 'best-tokens-per-forward'],
  acceptance: ['head-acceptance', 'about-acceptance', 'best-acceptance'],
  logProbabilitySum: ['head-sum', 'about-sum', 'best-sum'],
  logProbabilityMean: ['head-mean', 'about-mean', 'best-mean'],
  perplexity: ['head-perplexity', 'about-perplexity', 'best-perplexity'],
  distinct1: ['head-distinct-1', 'about-distinct-1', 'best-distinct'],
  distinct2: ['head-distinct-2', 'about-distinct-2', 'best-distinct'],
  distinct3: ['head-distinct-3', 'about-distinct-3', 'best-distinct'],
  repetition: ['head-repetition', 'about-repetition', 'best-repetition'],
} as const satisfies Record<FigureName, readonly [MessageKey, MessageKey, MessageKey | null]>;
