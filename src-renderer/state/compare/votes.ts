import type { Api } from '../../../src-main/contract/api.ts';
import type {
  Comparison,
  LeaderboardRow,
  NewVote,
  VoteFilter,
} from '../../../src-main/contract/comparison.ts';
import { ask } from '../shell/ask.ts';
import { BlindVote, cryptoRandom } from './vote.svelte.ts';
import type { Notices } from '../shell/notices.svelte.ts';

/** Votes on comparisons, and what they come to. */
export class ComparisonVotes {
  readonly #api: Api;
  readonly #notices: Notices;

  constructor(api: Api, notices: Notices) {
    this.#api = api;
    this.#notices = notices;
  }

  /** A vote on `comparison`, the pairs first that were judged least often; undefined where main refuses. */
  async begin(comparison: Comparison): Promise<BlindVote | undefined> {
    let vote: BlindVote | undefined;
    await this.#notices.guard(async () => {
      const cast = await ask(this.#api, 'votes-list', { id: comparison.id });
      vote = new BlindVote({ comparison, cast, random: cryptoRandom, keep: (kept) => this.#add(kept) });
    });
    return vote;
  }

  /** Returns whether the vote was stored. */
  async #add(vote: NewVote): Promise<boolean> {
    return this.#notices.guard(async () => {
      await ask(this.#api, 'vote-add', vote);
    });
  }

  /** Over the votes on comparisons that fit the filter. @throws ForedraftError where main refuses */
  async leaderboard(filter: VoteFilter): Promise<readonly LeaderboardRow[]> {
    return ask(this.#api, 'leaderboard', filter);
  }
}
