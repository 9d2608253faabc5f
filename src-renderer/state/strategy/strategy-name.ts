import type { Strategy } from '../../../src-main/contract/strategy.ts';
import type { Language } from '../shell/language.svelte.ts';

const candidateChips = {
  greedy: 'strategy-chip-candidates-greedy',
  beam: 'strategy-chip-candidates-beam',
  sampling: 'strategy-chip-candidates-sampling',
} as const;

/** How a strategy is called where there is room for a word or two. */
export function strategyName(language: Language, strategy: Strategy): string {
  switch (strategy.kind) {
    case 'greedy':
      return language.text('strategy-greedy');
    case 'sampling':
      return language.text('strategy-chip-sampling', { temperature: language.decimal(strategy.temperature) });
    case 'auto':
      return language.text('strategy-chip-auto', { strategy: strategyName(language, strategy.policy) });
    case 'speculative':
      return language.text('strategy-chip-speculative', {
        strategy: strategyName(language, strategy.policy),
      });
    case 'beam':
      return language.text('strategy-chip-beam', { width: strategy.width });
    case 'candidate-set':
      return language.text(candidateChips[strategy.policy], {
        candidates: strategy.candidates,
      });
    case 'contrastive':
      return language.text('strategy-contrastive');
  }
}
