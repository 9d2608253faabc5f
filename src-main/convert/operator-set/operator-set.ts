import type { LowRankProduct } from '../adapter.ts';
import type { Vector } from '../decoder.ts';
import type { Matrix } from '../matrix.ts';

/**
 * The operators with which `writeDecoder` writes a graph. Strings name values of the graph. A new kind of graph is a
 * class of its own beside StandardOperators and NativeOperators.
 */
export interface OperatorSet {
  /** Declares the inputs that the attention needs, and the rotary tables. */
  prepare(): void;
  /** Looks up the rows of `input_ids`: [1, S, hidden]. */
  embedding(output: string): void;
  linear(node: LinearNode): void;
  attention(node: AttentionNode): void;
}

/** x · Wᵀ for an x that is prepared from `input` in the order of the fields. */
export interface LinearNode {
  /** Prefix of the names of its constants. */
  readonly name: string;
  /** W: matrices over the same inputs, one below the other. */
  readonly weights: readonly Matrix[];
  /** Added to the product. */
  readonly adapter?: LowRankProduct | undefined;
  readonly input: string;
  /** Added to the input: the residual stream. */
  readonly skip?: string;
  /** Weights of an RMS norm. */
  readonly norm?: Vector;
  /** The input is gate, then up, and becomes silu(gate) · up. */
  readonly gated?: boolean;
  readonly output: string;
  /** Name of the input plus `skip`, if it is used elsewhere. */
  readonly sum?: string | undefined;
  /** Name of the result of the norm, if it is used elsewhere. */
  readonly normed?: string | undefined;
}

/** Attention of one layer, which stores the new keys and values in its cache. */
export interface AttentionNode {
  readonly layer: number;
  /** Queries, keys and values side by side. */
  readonly input: string;
  readonly output: string;
}
