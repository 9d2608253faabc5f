import { askedWhen, type ChatMessage } from '../contract/chat.ts';
import type { Comparison, ComparisonColumn, EarlierMessage } from '../contract/comparison.ts';
import type { GenerationRequest } from '../contract/generation.ts';
import type { Strategy } from '../contract/strategy.ts';
import { withSeed } from '../contract/strategy.ts';

/** What all runs of a comparison share. */
export type SharedRequest = Pick<
  Comparison,
  'prompt' | 'raw' | 'systemPrompt' | 'earlier' | 'seed' | 'maxTokens' | 'createdAt' | 'utcOffset'
>;

/** The request that run `repeat` (0-based) of a column sends to the engine. */
export function runRequest(
  { prompt, raw, systemPrompt, earlier = [], seed, maxTokens, ...made }: SharedRequest,
  { strategy }: Pick<ComparisonColumn, 'strategy'>,
  repeat: number,
): GenerationRequest {
  return {
    prompt: raw ? { raw: prompt } : { messages: chatOf(systemPrompt, earlier, prompt), ...askedWhen(made) },
    strategy: strategyOfRun({ seed }, { strategy }, repeat),
    maxTokens,
    stopTexts: [],
    alternatives: 0,
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

function chatOf(
  systemPrompt: string,
  earlier: readonly EarlierMessage[],
  prompt: string,
): readonly ChatMessage[] {
  const system = systemPrompt.trim() === '' ? [] : [{ role: 'system', content: systemPrompt } as const];
  return [...system, ...earlier, { role: 'user', content: prompt }];
}
