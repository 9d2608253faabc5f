import type { TokenStrategy } from '../contract/strategy.ts';
import { seedOf } from '../contract/strategy.ts';
import { choose } from './choose.ts';
import { probabilityOf } from './distribution.ts';
import type { Sequence, TokenId } from './model.ts';
import { align } from './model.ts';
import type { Noise } from './noise.ts';
import { seededNoise } from './noise.ts';
import { policyOf } from './policy/policy-of.ts';
import type { Policy } from './policy/policy.ts';
import type { DecodedToken, DecodingRun } from './strategy/decoder.ts';

/** Greedy decoding and sampling: one forward for each token. */
export function decodeStepwise(
  strategy: TokenStrategy,
  run: DecodingRun,
): AsyncGenerator<DecodedToken, never> {
  const { sequence, context, promptLength } = run;
  const noise = seededNoise(seedOf(strategy) ?? 0);
  return stepwise(sequence, context, policyOf(strategy, run), noise, context.length - promptLength);
}

/**
 * Decodes one token after another, without end: the caller returns the generator when it has enough.
 * @param prefixLength how many tokens at the end of `prompt` belong to the answer: noise depends on the position in it
 */
export async function* stepwise(
  sequence: Sequence,
  prompt: readonly TokenId[],
  policy: Policy,
  noise: Noise,
  prefixLength = 0,
): AsyncGenerator<DecodedToken, never> {
  const context = [...prompt];
  for (const token of prompt.slice(prompt.length - prefixLength)) policy.advance(token);
  for (let position = prefixLength; ; position++) {
    const [logits] = await sequence.forward(align(sequence, context));
    const distribution = policy.apply(logits!, context);
    const token = choose(distribution, position, noise);
    const policyLogProbability = Math.log(probabilityOf(distribution, token));
    yield { type: 'decoded-token', token, logits: logits!, distribution, policyLogProbability };
    policy.advance(token);
    context.push(token);
  }
}
