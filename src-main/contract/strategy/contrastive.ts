import { describe } from './description.ts';
import { number, stopAtLoops } from './setting.ts';

/** Contrastive search (Su et al. 2022): the most likely tokens, penalised for resembling the context. */
export const contrastive = describe('contrastive', {
  group: 'tokens',
  summary: 'a likely token that is unlike the text so far',
  examples: [{ penalty: 0.6, topK: 4 }],
  settings: {
    penalty: number({ minimum: 0, maximum: 1, step: 0.05 }, 0.6),
    topK: number({ minimum: 1, maximum: 64, step: 1, whole: true }, 4, 'contrastiveTopK'),
    stopAtLoops,
  },
  rules: [],
  sweep: ['penalty', 'topK'],
  draws: () => false,
});
