import type { Alternative } from '../contract/generation.ts';
import type { InspectedToken } from '../contract/inspection.ts';
import { policyAlternatives, topAlternatives } from './alternatives.ts';
import type { Distribution } from './distribution.ts';
import { logSumExp } from './distribution.ts';
import type { Logits, Sequence, TokenId } from './model.ts';
import { align } from './model.ts';
import type { Policy } from './policy/policy.ts';
import { prefill } from './prefill.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface Inspection {
  readonly sequence: Sequence;
  readonly prompt: readonly TokenId[];
  /** The whole answer. */
  readonly answer: readonly TokenId[];
  /** Position of the first token to inspect, and how many; clipped to the answer. */
  readonly first: number;
  readonly count: number;
  readonly alternatives: number;
  readonly vocabulary: Vocabulary;
  /** What the tokens were chosen by, at the beginning of the answer; undefined: none, or not to be inspected. */
  readonly policy: Policy | undefined;
}

/** Rows of logits held at a time: 25 MB with a vocabulary of 200,000. */
const rowsAtOnce = 32;

/**
 * Reads an answer again and yields the model's view of each token. Outputs don't depend on how tokens are batched, so
 * these are the numbers that the answer was written with.
 */
export async function* inspect(input: Inspection): AsyncGenerator<InspectedToken, void> {
  const { sequence, prompt, answer, first, count, policy } = input;
  const end = Math.min(answer.length, first + count);
  // Tokens before `start` are read without computing their logits.
  const start = policy ? policy.replayFrom(first) : first;
  for (let from = start; from < end; from += rowsAtOnce) {
    const to = Math.min(end, from + rowsAtOnce);
    // The logits for a token are those after the one before it.
    const text = [...prompt, ...answer.slice(0, to - 1)];
    const before = text.slice(0, text.length - (to - from) + 1);
    for await (const _ of prefill(sequence, before));
    const rows = await sequence.forward(
      [...align(sequence, before), ...text.slice(before.length)],
      to - from,
    );
    for (const [row, logits] of rows.entries()) {
      const position = from + row;
      const distribution = policy?.apply(logits, [...prompt, ...answer.slice(0, position)]);
      policy?.advance(answer[position]!);
      if (position < first) continue;
      const token = inspected(logits, position, input);
      const after = distribution && policyAlternatives(distribution, input.alternatives, input.vocabulary);
      const cut = distribution ? cutBy(distribution, token.alternatives) : [];
      yield { ...token, policyAlternatives: after ?? [], cut };
    }
  }
}

/** The ids of `alternatives` that have no probability in `distribution`. */
function cutBy({ tokens, probabilities }: Distribution, alternatives: readonly Alternative[]): number[] {
  const left = new Set(alternatives.map(({ id }) => id));
  for (let index = 0; left.size > 0 && index < tokens.length; index++) {
    if (probabilities[index]! > 0) left.delete(tokens[index]!);
  }
  return [...left];
}

function inspected(
  logits: Logits,
  position: number,
  { answer, alternatives, vocabulary }: Inspection,
): Omit<InspectedToken, 'policyAlternatives' | 'cut'> {
  const id = answer[position]!;
  const normaliser = logSumExp(logits);
  const chosen = logits[id]!;
  let rank = 0;
  let entropy = 0;
  for (let token = 0; token < logits.length; token++) {
    const logit = logits[token]!;
    // Ties go to the lowest id, as in the choice.
    if (logit > chosen || (logit === chosen && token < id)) rank++;
    const logProbability = logit - normaliser;
    // Terms below e^-40 are lost to rounding.
    if (logProbability > -40) entropy -= Math.exp(logProbability) * logProbability;
  }
  return {
    position,
    id,
    text: vocabulary.text(id),
    logProbability: chosen - normaliser,
    rank,
    entropy: Math.max(0, entropy),
    alternatives: topAlternatives(logits, normaliser, alternatives, vocabulary),
  };
}
