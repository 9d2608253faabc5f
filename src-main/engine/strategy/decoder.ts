import { ForedraftError } from '../../contract/error.ts';
import type { AutoStrategy, SpeculativeStrategy, Strategy } from '../../contract/strategy.ts';
import type { BranchingSequence } from '../branches.ts';
import { contrastive } from '../contrastive/contrastive.ts';
import type { SequenceWithHiddenStates } from '../contrastive/hidden-states.ts';
import type { Experience } from '../speculate/adaptive-length.ts';
import type { Sequence } from '../model.ts';
import type { Vocabulary } from '../vocabulary.ts';
import type { Decoded, DecodingContext } from './decoded.ts';
import type { Drafter } from '../speculate/proposer-of.ts';
import { searchedTokens } from '../search/decode-search.ts';
import { chosenTokens, plainTokens, speculativeTokens } from './token-by-token.ts';

/** What a decoder works with, beside the text. */
export interface DecoderParts {
  readonly sequence: Sequence;
  readonly vocabulary: Vocabulary;
  /** What was learned about this machine by earlier speculation. */
  readonly experience: Experience;
  /** The model that the strategy names for drafting, where it names one. */
  readonly drafter: Drafter | undefined;
  readonly isStopped: () => boolean;
}

/** Whether a strategy ends its text by itself; the others go on until they are told to stop. */
export function endsByItself({ kind }: Strategy): boolean {
  return kind === 'beam' || kind === 'candidate-set';
}

/** Whether a strategy reads the prompt by itself, from its first token. */
export function readsPrompt({ kind }: Strategy): boolean {
  return kind === 'contrastive';
}

/** The one place that knows every strategy: the tokens and reports of the one that `strategy` describes. */
export function decoderOf(
  strategy: Strategy,
  context: DecodingContext,
  { sequence, vocabulary, experience, drafter, isStopped }: DecoderParts,
): AsyncIterable<Decoded> {
  switch (strategy.kind) {
    case 'greedy':
    case 'sampling':
      return plainTokens(sequence, strategy, context, vocabulary);
    case 'speculative':
      return speculativeTokens(sequence, strategy, context, { vocabulary, experience, drafter });
    case 'auto':
      return speculativeTokens(sequence, speculationOf(strategy), context, {
        vocabulary,
        experience,
        drafter,
      });
    case 'beam':
    case 'candidate-set':
      return searchedTokens(branching(sequence), strategy, context, vocabulary, isStopped);
    case 'contrastive': {
      const settings = { penalty: strategy.penalty, candidates: strategy.topK };
      return chosenTokens(contrastive(revealing(sequence), context.prompt, settings));
    }
  }
}

/** `auto` in terms of its parts: every proposer there is, each asked for as much as pays, for the same text. */
function speculationOf({ draftModel, policy }: AutoStrategy): Omit<SpeculativeStrategy, 'kind'> {
  const shared = { policy, acceptance: 'same-text', draftLength: 'adaptive' } as const;
  if (draftModel === undefined) return { ...shared, proposer: 'prompt-lookup' };
  return { ...shared, proposer: 'combined', draftModel };
}

function branching(sequence: Sequence): BranchingSequence {
  if ('branch' in sequence) return sequence as BranchingSequence;
  throw unable('branches');
}

function revealing(sequence: Sequence): SequenceWithHiddenStates {
  if ('branch' in sequence && 'hiddenStates' in sequence) return sequence as SequenceWithHiddenStates;
  throw unable('hidden states');
}

function unable(what: string): ForedraftError {
  return new ForedraftError(
    'model-unsupported',
    `This model's sequences have no ${what}, which the strategy needs: choose greedy or sampling.`,
  );
}
