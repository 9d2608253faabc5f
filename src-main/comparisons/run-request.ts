import { askedWhen, withSystemPrompt } from '../contract/chat.ts';
import type { Comparison, ComparisonColumn, ComparisonRun } from '../contract/comparison.ts';
import { type GenerationRequest, withAdapter } from '../contract/generation.ts';
import type { Strategy } from '../contract/strategy.ts';
import { withSeed } from '../contract/strategy.ts';

/** What all runs of a comparison share. */
export type SharedRequest = Pick<
  Comparison,
  'prompt' | 'raw' | 'systemPrompt' | 'earlier' | 'seed' | 'maxTokens' | 'createdAt' | 'utcOffset'
>;

/** The request that a run of a column sends to the engine. */
export function runRequest(
  { prompt, raw, systemPrompt, earlier = [], seed, maxTokens, ...made }: SharedRequest,
  { strategy }: Pick<ComparisonColumn, 'strategy'>,
  { repeat, adapter }: Pick<ComparisonRun, 'repeat' | 'adapter'>,
): GenerationRequest {
  const messages = withSystemPrompt(systemPrompt, [...earlier, { role: 'user', content: prompt }]);
  return {
    prompt: raw ? { raw: prompt } : { messages, ...askedWhen(made) },
    strategy: strategyOfRun({ seed }, { strategy }, repeat),
    maxTokens,
    stopTexts: [],
    alternatives: 0,
    ...withAdapter(adapter),
  };
}

/** The strategy of run `repeat` of a column: its seed, if it draws, is the shared one plus `repeat`. */
export function strategyOfRun(
  { seed }: Pick<SharedRequest, 'seed'>,
  { strategy }: Pick<ComparisonColumn, 'strategy'>,
  repeat: number,
): Strategy {
  return withSeed(strategy, seed + repeat) ?? strategy;
}
