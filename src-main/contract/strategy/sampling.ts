import { describe } from './description.ts';
import { samplingSettings } from './policy-settings.ts';

/** Samples each token from the distribution that the policy leaves. */
export const sampling = describe('sampling', {
  group: 'tokens',
  summary: 'samples each token',
  examples: [{ temperature: 0.7, topK: 40, topP: 0.95 }],
  settings: samplingSettings,
  rules: [],
  sweep: ['temperature', 'topK', 'topP', 'minP', 'repetitionPenalty'],
  draws: () => true,
});
