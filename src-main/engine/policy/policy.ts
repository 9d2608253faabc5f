import type { Distribution } from '../distribution.ts';
import type { Logits, TokenId } from '../model.ts';

/**
 * From raw logits to the distribution that the next token is chosen from. A policy follows one answer: it begins at
 * the answer's first token, and `advance` is called with every token in turn.
 */
export interface Policy {
  /** The distribution of the token after `context`, prompt and answer so far; the logits stay unchanged. */
  apply(logits: Logits, context: readonly TokenId[]): Distribution;
  /** Adds `token` to the answer. */
  advance(token: TokenId): void;
  /** A policy in the same state for another continuation of the answer; the same object if it has no state. */
  fork(): Policy;
  /** The first position of the answer that `apply` must be called for so that its result at `position` is right. */
  replayFrom(position: number): number;
}

/** What a step of a policy carries from one token to the next; a step without state has neither method. */
interface StepState<Step> {
  advance?(token: TokenId): void;
  fork?(): Step;
}

/** Changes scores in place, by what the context holds. */
export interface Adjustment extends StepState<Adjustment> {
  apply(scores: Float32Array, context: readonly TokenId[]): void;
}

/** Leaves tokens out of a distribution and shares their probability among the others. */
export interface Truncation extends StepState<Truncation> {
  apply(distribution: Distribution, context: readonly TokenId[]): Distribution;
}
