import type { Logits, Sequence, TokenId } from './model.ts';

/**
 * Several continuations of one sequence, read side by side: they share its cache and, among themselves, every
 * prefix they have in common (tree attention). The newest tokens are the leaves; a leaf that no call of
 * `advance` names as a parent is dropped.
 */
export interface Branches {
  /**
   * One forward for all: leaf i of the result continues leaf `parents[i]` of the last result by `tokens[i]`.
   * Before the first call there is one leaf, the sequence itself. A parent may be named several times.
   * @returns the logits after each of `tokens`, valid until the next call
   */
  advance(parents: readonly number[], tokens: readonly TokenId[]): Promise<Logits[]>;
  /** The tokens of a leaf behind those of the sequence. */
  path(leaf: number): readonly TokenId[];
  /** Ends the branches; the sequence is as it was before them. */
  close(): void;
}

/** A sequence that can be continued in several ways at once. */
export interface BranchingSequence extends Sequence {
  /** Until the branches are closed, the sequence itself must not be used. */
  branch(): Branches;
}
