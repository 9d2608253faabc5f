import type { Alternative } from '../contract/generation.ts';
import type { Distribution } from './distribution.ts';
import type { Logits, TokenId } from './model.ts';
import { topK } from './policy/top-k.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The `count` most likely tokens under the model, before any policy; `normaliser` is the logits' logSumExp. */
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

/** The `count` most likely tokens after the policy; ties go to the lowest id. */
export function policyAlternatives(
  { tokens, probabilities }: Distribution,
  count: number,
  vocabulary: Vocabulary,
): readonly Alternative[] {
  // Indices of the best so far, best first: `count` is small, and most entries are worse than all of them.
  const best: number[] = [];
  const before = (one: number, other: number) =>
    probabilities[one]! > probabilities[other]! ||
    (probabilities[one]! === probabilities[other]! && tokens[one]! < tokens[other]!);
  for (let index = 0; index < tokens.length; index++) {
    if (probabilities[index]! <= 0) continue;
    if (best.length === count && !before(index, best[count - 1]!)) continue;
    if (best.length === count) best.pop();
    let place = best.length;
    while (place > 0 && before(index, best[place - 1]!)) place--;
    best.splice(place, 0, index);
  }
  return best.map((index) => ({
    id: tokens[index]!,
    text: vocabulary.text(tokens[index] as TokenId),
    logProbability: Math.log(probabilities[index]!),
  }));
}
