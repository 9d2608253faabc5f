import { choose } from './choose.ts';
import type { Distribution, Policy } from './distribution.ts';
import { probabilityOf } from './distribution.ts';
import type { Logits, Sequence, TokenId } from './model.ts';
import { align } from './model.ts';
import type { Noise } from './noise.ts';

/** A chosen token. */
export interface Step {
  readonly token: TokenId;
  /** What it was chosen from; valid until the next step is asked for. */
  readonly logits: Logits;
  /** Its probability after the policy. */
  readonly policyProbability: number;
  /** What the policy made of the logits, where it was asked. */
  readonly distribution?: Distribution;
}

/**
 * Decodes one token after another, without end: the caller returns the generator when it has enough.
 * @param begun how many tokens at the end of `prompt` are part of the answer: choices depend on their place in it
 */
export async function* stepwise(
  sequence: Sequence,
  prompt: readonly TokenId[],
  policy: Policy,
  noise: Noise,
  answerPrefix = 0,
): AsyncGenerator<Step, never> {
  const context = [...prompt];
  for (let position = answerPrefix; ; position++) {
    const [logits] = await sequence.forward(align(sequence, context));
    const distribution = policy(logits!, context);
    const token = choose(distribution, position, noise);
    const policyProbability = probabilityOf(distribution, token);
    yield { token, logits: logits!, policyProbability, distribution };
    context.push(token);
  }
}
