import type { ProposalSource } from '../../contract/generation.ts';
import { ForedraftError } from '../../contract/error.ts';
import type { AutoStrategy, SpeculativeStrategy } from '../../contract/strategy.ts';
import { seedOf } from '../../contract/strategy.ts';
import type { TokenId } from '../model.ts';
import { seededNoise } from '../noise.ts';
import { policyOf } from '../policy/policy-of.ts';
import type { Decoded, DecodedReport, DecodingRun } from '../strategy/decoder.ts';
import type { Vocabulary } from '../vocabulary.ts';
import type { Round } from './draft-length.ts';
import { AdaptiveDraftLength, fixedDraftLength } from './draft-length.ts';
import { DraftModel } from './draft-model.ts';
import { PromptLookup } from './prompt-lookup.ts';
import type { Proposer } from './proposer.ts';
import { CombinedProposer } from './proposer.ts';
import { draftNoise, rejection, sameText, speculative } from './speculative.ts';

type Speculation = Omit<SpeculativeStrategy, 'kind'>;

/** `auto`: every available proposer, each with the draft length that pays, for the text of plain decoding. */
export function decodeAuto(
  { draftModel, policy }: AutoStrategy,
  run: DecodingRun,
): AsyncGenerator<Decoded, void> {
  const speculation = { policy, acceptance: 'same-text', draftLength: 'adaptive' } as const;
  return decodeSpeculative(
    draftModel === undefined
      ? { ...speculation, proposer: 'prompt-lookup' }
      : { ...speculation, proposer: 'combined', draftModel },
    run,
  );
}

/** Tokens, and before those of a round in which something was proposed a report of it. */
export async function* decodeSpeculative(
  strategy: Speculation,
  run: DecodingRun,
): AsyncGenerator<Decoded, void> {
  const { sequence, context, promptLength, endTokens, contextLength, maxTokens, costModel, now } = run;
  const seed = seedOf(strategy.policy) ?? 0;
  const rounds = speculative(sequence, context, {
    policy: policyOf(strategy.policy, run),
    acceptance: strategy.acceptance === 'rejection' ? rejection(seed) : sameText(seededNoise(seed)),
    proposer: proposerOf(strategy, run),
    draftLength:
      strategy.draftLength === 'adaptive'
        ? new AdaptiveDraftLength(costModel)
        : fixedDraftLength(strategy.draftLength),
    endTokens,
    contextLength,
    maxTokens,
    prefixLength: context.length - promptLength,
    now,
  });
  let position = context.length - promptLength;
  for await (const round of rounds) {
    if (round.source) yield reportOf(round, round.source, position, run.vocabulary);
    yield* round.tokens;
    position += round.tokens.length;
  }
}

/** @throws ForedraftError `model-missing` if the strategy names a draft model and none was passed in */
function proposerOf(strategy: Speculation, run: DecodingRun): Proposer {
  const isControl = (token: TokenId) => run.vocabulary.bytes(token).length === 0;
  const lookup = () => new PromptLookup({ references: run.references, isControl });
  if (strategy.proposer === 'prompt-lookup') return lookup();
  if (!run.drafter) {
    throw new ForedraftError(
      'model-missing',
      `The draft model ${strategy.draftModel ?? ''} is not loaded: install it, or choose the proposer prompt-lookup.`,
    );
  }
  const seed = seedOf(strategy.policy) ?? 0;
  const draft = new DraftModel({
    sequence: run.drafter.sequence,
    contextLength: run.drafter.model.contextLength,
    endTokens: run.drafter.model.endTokens,
    policy: policyOf(strategy.policy, run),
    noise: strategy.acceptance === 'rejection' ? draftNoise(seed) : seededNoise(seed),
    promptLength: run.promptLength,
  });
  return strategy.proposer === 'draft-model' ? draft : new CombinedProposer([lookup(), draft]);
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
