import type { SpeculativeStrategy, TokenStrategy } from '../../contract/strategy.ts';
import { rejection } from '../acceptance/rejection.ts';
import { sameText } from '../acceptance/same-text.ts';
import type { Round } from '../decode/round.ts';
import { speculative } from '../decode/speculative.ts';
import type { Step } from '../decode/stepwise.ts';
import { stepwise } from '../decode/stepwise.ts';
import type { Experience } from '../lookahead/adaptive.ts';
import { AdaptiveLookahead } from '../lookahead/adaptive.ts';
import { fixedLookahead } from '../lookahead/fixed.ts';
import type { Sequence } from '../model.ts';
import { seededNoise } from '../noise.ts';
import { PromptLookup } from '../propose/prompt-lookup.ts';
import type { Vocabulary } from '../vocabulary.ts';
import type { Decoded, DecodedReport, DecodedToken, DecodingContext } from './decoded.ts';
import { policyOf } from './policy-of.ts';

const seedOf = (strategy: TokenStrategy) => (strategy.kind === 'sampling' ? strategy.seed : 0);

/** Greedy decoding or sampling, without end. */
export async function* plainTokens(
  sequence: Sequence,
  strategy: TokenStrategy,
  context: DecodingContext,
  vocabulary: Vocabulary,
): AsyncGenerator<Decoded, void> {
  const policy = policyOf(strategy, context, vocabulary);
  const noise = seededNoise(seedOf(strategy));
  for await (const step of stepwise(sequence, context.prompt, policy, noise)) yield tokenOf(step);
}

/** The same, with guesses that are checked several at a time. */
export async function* speculativeTokens(
  sequence: Sequence,
  strategy: SpeculativeStrategy,
  context: DecodingContext,
  vocabulary: Vocabulary,
  experience: Experience,
): AsyncGenerator<Decoded, void> {
  const { prompt, endTokens, contextLength, maxTokens, now } = context;
  const seed = seedOf(strategy.policy);
  const steps = speculative(sequence, prompt, {
    policy: policyOf(strategy.policy, context, vocabulary),
    acceptance: strategy.acceptance === 'rejection' ? rejection(seed) : sameText(seededNoise(seed)),
    proposer: new PromptLookup(),
    lookahead:
      strategy.lookahead === 'adaptive'
        ? new AdaptiveLookahead(experience)
        : fixedLookahead(strategy.lookahead),
    endTokens,
    contextLength,
    maxTokens,
    now,
  });
  for await (const step of steps) {
    if (step.round && step.round.proposed.length > 0) yield reportOf(step.round);
    yield { ...tokenOf(step), origin: step.origin };
  }
}

/** The tokens of steps that are chosen one after another without a distribution to draw from. */
export async function* chosenTokens(steps: AsyncIterable<Step>): AsyncGenerator<Decoded, void> {
  for await (const step of steps) yield tokenOf(step);
}

function tokenOf({ token, logits, policyProbability }: Step): DecodedToken {
  return { type: 'decoded-token', token, logits, policyLogProbability: Math.log(policyProbability) };
}

function reportOf({ proposed, accepted, draftMs, verifyMs }: Round): DecodedReport {
  return { type: 'round', proposed: proposed.length, accepted, draftMs, verifyMs };
}
