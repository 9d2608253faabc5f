import type { Alternative } from '../contract/generation.ts';
import type { InspectedToken } from '../contract/inspection.ts';
import type { Distribution, Policy } from './distribution.ts';
import { logSumExp } from './distribution.ts';
import type { Logits, Sequence, TokenId } from './model.ts';
import { align } from './model.ts';
import { policyAlternatives } from './policy-alternatives.ts';
import { prefill } from './prefill.ts';
import { topAlternatives } from './top-alternatives.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface Inspection {
  readonly sequence: Sequence;
  readonly prompt: readonly TokenId[];
  /** The whole answer. */
  readonly answer: readonly TokenId[];
  /** Position of the first token to look at, and how many; as far as the answer goes. */
  readonly first: number;
  readonly count: number;
  readonly alternatives: number;
  readonly vocabulary: Vocabulary;
  /** What the tokens were chosen by, if it can be asked for one token after another. */
  readonly policy: Policy | undefined;
  /** Whether the policy has a state: it is asked for every token from the first one on then. */
  readonly policyHasState: boolean;
}

/** Rows of logits that are held at a time: 25 MB with a vocabulary of 200,000. */
const rowsAtOnce = 32;

/**
 * Reads an answer again and tells what the model thought at each place. Outputs don't depend on how tokens are
 * batched, so these are the numbers that the answer was written with.
 */
export async function* inspect(input: Inspection): AsyncGenerator<InspectedToken, void> {
  const { sequence, prompt, answer, first, count, policy } = input;
  const end = Math.min(answer.length, first + count);
  // Else what is in front of the part is only read.
  const start = input.policyHasState ? 0 : first;
  for (let from = start; from < end; from += rowsAtOnce) {
    const to = Math.min(end, from + rowsAtOnce);
    // The logits of a token are those behind the one in front of it.
    const text = [...prompt, ...answer.slice(0, to - 1)];
    const before = text.slice(0, text.length - (to - from) + 1);
    for await (const _ of prefill(sequence, before));
    const rows = await sequence.forward(
      [...align(sequence, before), ...text.slice(before.length)],
      to - from,
    );
    for (const [row, logits] of rows.entries()) {
      const position = from + row;
      const distribution = policy?.(logits, [...prompt, ...answer.slice(0, position)]);
      if (position < first) continue;
      const seen = inspected(logits, position, input);
      const after = distribution && policyAlternatives(distribution, input.alternatives, input.vocabulary);
      const cut = distribution ? cutBy(distribution, seen.alternatives) : [];
      yield { ...seen, policyAlternatives: after ?? [], cut };
    }
  }
}

/** The ids of `alternatives` that have no chance in `distribution`. */
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
  const own = logits[id]!;
  let rank = 0;
  let entropy = 0;
  for (let token = 0; token < logits.length; token++) {
    const logit = logits[token]!;
    // Of equals the lowest id goes first, as in the choice.
    if (logit > own || (logit === own && token < id)) rank++;
    const logProbability = logit - normaliser;
    // What is less than e^-40 adds nothing that a double could hold.
    if (logProbability > -40) entropy -= Math.exp(logProbability) * logProbability;
  }
  return {
    position,
    id,
    text: vocabulary.text(id),
    logProbability: own - normaliser,
    rank,
    entropy: Math.max(0, entropy),
    alternatives: topAlternatives(logits, normaliser, alternatives, vocabulary),
  };
}
