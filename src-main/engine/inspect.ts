import type { Alternative } from '../contract/generation.ts';
import type { InspectedToken } from '../contract/inspection.ts';
import { policyAlternatives, topAlternatives } from './alternatives.ts';
import type { Distribution } from './distribution.ts';
import { logSumExp } from './distribution.ts';
import { readLinearly } from './linear-read.ts';
import type { Logits, RowAgreement, Sequence, TokenId } from './model.ts';
import type { Policy } from './policy/policy.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface Inspection {
  readonly sequence: Sequence;
  readonly rowAgreement: RowAgreement;
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

/** Reads an answer again and yields the model's view of each token: the numbers that are recorded with the answer. */
export async function* inspect(input: Inspection): AsyncGenerator<InspectedToken, void> {
  const { sequence, rowAgreement, prompt, answer, first, count, policy } = input;
  const text = [...prompt, ...answer];
  const end = prompt.length + Math.min(answer.length, first + count);
  // Tokens before the first are read without computing their logits.
  const start = prompt.length + (policy ? policy.replayFrom(first) : first);
  for await (const { place, logits } of readLinearly({ sequence, rowAgreement, text, first: start, end })) {
    const position = place - prompt.length;
    const distribution = policy?.apply(logits, text.slice(0, place));
    policy?.advance(answer[position]!);
    if (position < first) continue;
    const token = inspected(logits, position, input);
    const after = distribution && policyAlternatives(distribution, input.alternatives, input.vocabulary);
    const cut = distribution ? cutBy(distribution, token.alternatives) : [];
    yield { ...token, policyAlternatives: after ?? [], cut };
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
