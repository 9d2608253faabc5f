import { ForedraftError } from '../../contract/error.ts';
import type { SpeculativeStrategy } from '../../contract/strategy.ts';
import { draftNoise } from './rejection.ts';
import type { LanguageModel, Sequence } from '../model.ts';
import { seededNoise } from '../noise.ts';
import { Combined } from './combined.ts';
import { DraftModel } from './draft-model.ts';
import { PromptLookup } from './prompt-lookup.ts';
import type { Proposer } from './proposer.ts';
import type { Vocabulary } from '../vocabulary.ts';
import type { DecodingContext } from '../strategy/decoded.ts';
import { policyOf } from '../strategy/policy-of.ts';
import { seedOf } from '../strategy/seed-of.ts';

/** A model that drafts for another one, with a sequence of its own; their vocabularies were compared. */
export interface Drafter {
  readonly model: LanguageModel;
  readonly sequence: Sequence;
}

type Proposing = Pick<SpeculativeStrategy, 'proposer' | 'acceptance' | 'policy' | 'draftModel'>;

/**
 * Who guesses for `strategy`.
 * @throws ForedraftError `model-missing` where it names a draft model and none was handed in
 */
export function proposerOf(
  strategy: Proposing,
  context: DecodingContext,
  vocabulary: Vocabulary,
  drafter: Drafter | undefined,
): Proposer {
  const { references } = context;
  if (strategy.proposer === 'prompt-lookup') return new PromptLookup({ references });
  if (!drafter) {
    throw new ForedraftError(
      'model-missing',
      `The draft model ${strategy.draftModel ?? ''} is not loaded: install it, or choose the proposer prompt-lookup.`,
    );
  }
  const seed = seedOf(strategy.policy);
  const draft = new DraftModel({
    sequence: drafter.sequence,
    contextLength: drafter.model.contextLength,
    endTokens: drafter.model.endTokens,
    // An instance of its own: a policy may have a state.
    policy: policyOf(strategy.policy, context, vocabulary),
    noise: strategy.acceptance === 'rejection' ? draftNoise(seed) : seededNoise(seed),
    promptLength: context.prompt.length - context.answerPrefix,
  });
  return strategy.proposer === 'draft-model'
    ? draft
    : new Combined([new PromptLookup({ references }), draft]);
}
