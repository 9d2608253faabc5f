import type { Strategy } from '../../src-main/contract/strategy.ts';
import type { Language } from './language.svelte.ts';

/** How a strategy is called where there is room for a word or two. */
export function strategyName(language: Language, strategy: Strategy): string {
  if (strategy.kind === 'greedy') return language.text('strategy-greedy');
  return language.text('strategy-chip-sampling', { temperature: language.decimal(strategy.temperature) });
}
