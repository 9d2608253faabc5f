import type { Alternative } from '../contract/generation.ts';
import type { Logits, TokenId } from './model.ts';
import { topK } from './policy/top-k.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The `count` likeliest tokens under the model, before any policy; `normaliser` is the logits' logSumExp. */
export function topAlternatives(
  logits: Logits,
  normaliser: number,
  count: number,
  vocabulary: Vocabulary,
): readonly Alternative[] {
  const { tokens, scores } = topK(logits, count);
  return Array.from(tokens, (id, rank) => ({
    id,
    text: vocabulary.text(id as TokenId),
    logProbability: scores[rank]! - normaliser,
  }));
}
