import { describe } from './description.ts';
import { greedySettings } from './policy-settings.ts';

/** Always takes the most likely token. */
export const greedy = describe('greedy', {
  group: 'tokens',
  summary: 'always the most likely token',
  examples: [{ repetitionPenalty: 1.1 }],
  settings: greedySettings,
  rules: [],
  sweep: ['noRepeatNgram'],
  draws: () => false,
});
