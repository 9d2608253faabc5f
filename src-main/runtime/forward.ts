/** The tokens that one forward reads, and what it computes. Token i is stored in slot `past + i` of the cache. */
export interface Forward {
  readonly tokens: readonly number[];
  /** Position of each token in its text; without a tree, its slot in the cache. */
  readonly positions: readonly number[];
  /** Cache slots before the first token's. */
  readonly past: number;
  /** Rows that repeat the last token to widen the forward; their results are unused. */
  readonly padding: number;
  /** Indices of the `tokens` whose logits are computed, the last one repeated up to the required width. */
  readonly rows: readonly number[];
  /** What each token attends to; without a tree, to every slot up to its own. */
  readonly tree?: TreePaths;
}

/** Tree attention (Miao et al. 2023): each token attends to a common prefix and to its own path. */
export interface TreePaths {
  /** All tokens attend to slots 0 to `prefix - 1`. */
  readonly prefix: number;
  /** Slots of each token's ancestors after the prefix and its own, in the order of its text: [tokens, columns]; -1 after the last. */
  readonly slots: Int32Array;
  readonly columns: number;
}

/** The inputs from which a graph's attention knows where each row is stored and what it attends to. */
export interface AttentionInputs {
  /** Writes and binds the inputs of a forward. */
  bind(forward: Forward): void;
}
