import type { ProposalSource } from '../../contract/generation.ts';
import type { Distribution } from '../distribution.ts';
import type { TokenId } from '../model.ts';

/** Tokens that may come next, guessed cheaply. */
export interface Proposal {
  /** At least one. */
  readonly tokens: readonly TokenId[];
  /** What each token was drawn from; absent: nothing was drawn, each token had probability 1. */
  readonly distributions?: readonly Distribution[];
  readonly source: ProposalSource;
  /** How many of the last tokens speak for it: the length of the match that was found; 0 for a model. */
  readonly support: number;
}

/** How many tokens a source may propose, given what supports them; 0: none. */
export type Limit = (source: ProposalSource, support: number) => number;

/** Guesses how a text goes on. One serves one generation, whose context only grows. */
export interface Proposer {
  /** Asks `limit` before it spends anything; undefined where it has no guess or may make none. */
  propose(context: readonly TokenId[], limit: Limit): Promise<Proposal | undefined>;
  /** Hears how many tokens of its last proposal were accepted. */
  accepted?(count: number): void;
}
