import type { ChatMessage } from '../contract/chat.ts';
import type { Comparison, ComparisonColumn } from '../contract/comparison.ts';
import type { GenerationRequest } from '../contract/generation.ts';
import { withSeed } from '../contract/strategy.ts';

/** What all runs of a comparison share. */
export type SharedRequest = Pick<Comparison, 'prompt' | 'raw' | 'systemPrompt' | 'seed' | 'maxTokens'>;

/** What the engine is asked for by the run `repeat`, from 0, of a column: its seed is the shared one plus that. */
export function runRequest(
  { prompt, raw, systemPrompt, seed, maxTokens }: SharedRequest,
  { strategy }: Pick<ComparisonColumn, 'strategy'>,
  repeat: number,
): GenerationRequest {
  return {
    prompt: raw ? { raw: prompt } : { messages: chatOf(systemPrompt, prompt) },
    // Where nothing is drawn, only the time differs from repeat to repeat.
    strategy: withSeed(strategy, seed + repeat) ?? strategy,
    maxTokens,
    stopTexts: [],
    alternatives: 0,
  };
}

function chatOf(systemPrompt: string, prompt: string): readonly ChatMessage[] {
  const question = { role: 'user', content: prompt } as const;
  return systemPrompt.trim() === '' ? [question] : [{ role: 'system', content: systemPrompt }, question];
}
