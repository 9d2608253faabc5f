import type { Noise } from '../noise.ts';
import type { SearchSettings } from './search-settings.ts';

/** How the survivors of a round are chosen, by summed log-probability. */
export type SurvivorPolicy = 'greedy' | 'beam' | 'sampling';

/** A length penalty of 0 returns the argmax of the sum, 1 that of the mean. */
export interface CandidateSetSettings extends SearchSettings {
  /** Continuations in the set; 1 to 16. */
  readonly candidates: number;
  /** Extensions of each candidate in a round; 1 to 16. */
  readonly alternatives: number;
  /** Tokens of an extension; 1 to 32. */
  readonly tokensPerRound: number;
  readonly policy: SurvivorPolicy;
  /** What `sampling` draws with. */
  readonly noise: Noise;
}
