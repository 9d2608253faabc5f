import type { ProposalSource } from '../../contract/generation.ts';
import type { Distribution } from '../distribution.ts';
import type { TokenId } from '../model.ts';

/** Tokens that may come next, drafted cheaply. */
export interface Proposal {
  /** At least one. */
  readonly tokens: readonly TokenId[];
  /** q in the papers: what each token was drawn from; absent if the tokens were not sampled: q is 1 for each. */
  readonly distributions?: readonly Distribution[];
  readonly source: ProposalSource;
  /** Length of the match that the tokens were found after; 0 for a draft model. */
  readonly matchLength: number;
}

/** The most tokens that a source may propose after a match of this length; 0: none. */
export type ProposalLimit = (source: ProposalSource, matchLength: number) => number;

/** Drafts the continuation of a text. One serves one generation, whose context only grows. */
export interface Proposer {
  /** Calls `limit` before it spends any time; undefined if it finds nothing or may propose nothing. */
  propose(context: readonly TokenId[], limit: ProposalLimit): Promise<Proposal | undefined>;
  /** Called with how many tokens of its last proposal were accepted. */
  accepted?(count: number): void;
}

/** Asks one proposer after another, the cheapest first, and takes the first proposal. */
export class CombinedProposer implements Proposer {
  readonly #proposers: readonly Proposer[];
  #last: Proposer | undefined;

  constructor(proposers: readonly Proposer[]) {
    this.#proposers = proposers;
  }

  async propose(context: readonly TokenId[], limit: ProposalLimit): Promise<Proposal | undefined> {
    this.#last = undefined;
    for (const proposer of this.#proposers) {
      const proposal = await proposer.propose(context, limit);
      if (!proposal) continue;
      this.#last = proposer;
      return proposal;
    }
    return undefined;
  }

  accepted(count: number): void {
    this.#last?.accepted?.(count);
  }
}
