import type { ProposalSource } from '../../contract/generation.ts';
import type { Round } from './round.ts';

/** Decides how many tokens to propose. */
export interface DraftLength {
  /** @param support of the proposal at hand: see `Proposal` */
  length(source: ProposalSource, support: number): number;
  /** Hears of every round. */
  observe(round: Round): void;
}
