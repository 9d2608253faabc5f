import type { TokenId } from '../model.ts';
import type { Limit, Proposal, Proposer } from './proposer.ts';

/** Asks one proposer after another, the cheapest first, and takes the first proposal. */
export class Combined implements Proposer {
  readonly #proposers: readonly Proposer[];
  #last: Proposer | undefined;

  constructor(proposers: readonly Proposer[]) {
    this.#proposers = proposers;
  }

  async propose(context: readonly TokenId[], limit: Limit): Promise<Proposal | undefined> {
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
