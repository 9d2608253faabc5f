import type { ProposalSource } from '../../contract/generation.ts';
import type { TokenId } from '../model.ts';

/** One forward of speculative decoding, and what came of it. */
export interface Round {
  /** Undefined where nothing was proposed: a step of plain decoding. */
  readonly source: ProposalSource | undefined;
  /** Of the proposal. */
  readonly support: number;
  readonly proposed: readonly TokenId[];
  /** How many of `proposed`, from the first, are part of the text; one token more was chosen behind them. */
  readonly accepted: number;
  /** Tokens that the forward read. */
  readonly width: number;
  readonly draftMs: number;
  readonly verifyMs: number;
}
