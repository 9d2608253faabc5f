import type { ProposalSource } from '../../contract/generation.ts';
import type { SpeculativeStrategy, TokenStrategy } from '../../contract/strategy.ts';
import { rejection } from '../speculate/rejection.ts';
import { sameText } from '../speculate/same-text.ts';
import type { Round } from '../speculate/round.ts';
import { speculative } from '../speculate/speculative.ts';
import type { Step } from '../stepwise.ts';
import { stepwise } from '../stepwise.ts';
import type { Experience } from '../speculate/adaptive-length.ts';
import { AdaptiveDraftLength } from '../speculate/adaptive-length.ts';
import { fixedDraftLength } from '../speculate/fixed-length.ts';
import type { Sequence } from '../model.ts';
import { seededNoise } from '../noise.ts';
import type { Vocabulary } from '../vocabulary.ts';
import type { Decoded, DecodedReport, DecodedToken, DecodingContext } from './decoded.ts';
import { policyOf } from './policy-of.ts';
import type { Drafter } from '../speculate/proposer-of.ts';
import { proposerOf } from '../speculate/proposer-of.ts';
import { seedOf } from './seed-of.ts';

/** Greedy decoding or sampling, without end. */
export async function* plainTokens(
  sequence: Sequence,
  strategy: TokenStrategy,
  context: DecodingContext,
  vocabulary: Vocabulary,
): AsyncGenerator<Decoded, void> {
  const policy = policyOf(strategy, context, vocabulary);
  const noise = seededNoise(seedOf(strategy));
  const { prompt, answerPrefix } = context;
  for await (const step of stepwise(sequence, prompt, policy, noise, answerPrefix)) yield tokenOf(step);
}

/** What speculation has beside the text. */
export interface SpeculationParts {
  readonly vocabulary: Vocabulary;
  /** What was learned about this machine by earlier speculation. */
  readonly experience: Experience;
  readonly drafter: Drafter | undefined;
}

/** The same, with guesses that are checked several at a time. */
export async function* speculativeTokens(
  sequence: Sequence,
  strategy: Omit<SpeculativeStrategy, 'kind'>,
  context: DecodingContext,
  { vocabulary, experience, drafter }: SpeculationParts,
): AsyncGenerator<Decoded, void> {
  const { prompt, answerPrefix, endTokens, contextLength, maxTokens, now } = context;
  const seed = seedOf(strategy.policy);
  const steps = speculative(sequence, prompt, {
    policy: policyOf(strategy.policy, context, vocabulary),
    acceptance: strategy.acceptance === 'rejection' ? rejection(seed) : sameText(seededNoise(seed)),
    proposer: proposerOf(strategy, context, vocabulary, drafter),
    draftLength:
      strategy.draftLength === 'adaptive'
        ? new AdaptiveDraftLength(experience)
        : fixedDraftLength(strategy.draftLength),
    endTokens,
    contextLength,
    maxTokens,
    answerPrefix,
    now,
  });
  let position = answerPrefix;
  for await (const step of steps) {
    if (step.round?.source) yield reportOf(step.round, step.round.source, position, vocabulary);
    yield { ...tokenOf(step), origin: step.origin };
    position++;
  }
}

/** The tokens of steps that are chosen one after another without a distribution to draw from. */
export async function* chosenTokens(steps: AsyncIterable<Step>): AsyncGenerator<Decoded, void> {
  for await (const step of steps) yield tokenOf(step);
}

function tokenOf({ token, logits, policyProbability, distribution }: Step): DecodedToken {
  const policyLogProbability = Math.log(policyProbability);
  return {
    type: 'decoded-token',
    token,
    logits,
    policyLogProbability,
    ...(distribution ? { distribution } : {}),
  };
}

function reportOf(
  { proposed, accepted, draftMs, verifyMs }: Round,
  source: ProposalSource,
  position: number,
  vocabulary: Vocabulary,
): DecodedReport {
  const texts = proposed.map((token) => vocabulary.text(token));
  return { type: 'round', position, source, proposed: texts, accepted, draftMs, verifyMs };
}
