import type { BranchingSequence, Branches } from '../branches.ts';

/** What a model makes of a text before its output head: one vector a token. */
export interface HiddenStates {
  /** Of the tokens that the last forward gave logits for, in their order; valid until the next forward. */
  hiddenStates(): readonly Float32Array[];
}

/** A sequence and its branches, with their hidden states. */
export interface SequenceWithHiddenStates extends BranchingSequence, HiddenStates {
  branch(): Branches & HiddenStates;
}
