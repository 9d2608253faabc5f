import type { Branches } from './branches.ts';
import type { HiddenStates, SequenceWithHiddenStates } from './contrastive/hidden-states.ts';
import type { Sequence } from './model.ts';

/** `sequence` with all that it can, calling `count` at each forward of it or of its branches. */
export function countedSequence(sequence: Sequence | SequenceWithHiddenStates, count: () => void): Sequence {
  const counted: Sequence = {
    get tokens() {
      return sequence.tokens;
    },
    forward: (tokens, keep) => {
      count();
      return sequence.forward(tokens, keep);
    },
    rollback: (dropped) => sequence.rollback(dropped),
    interrupt: () => sequence.interrupt(),
    close: () => sequence.close(),
  };
  if (!('branch' in sequence)) return counted;
  const revealing: Pick<SequenceWithHiddenStates, 'branch' | 'hiddenStates'> = {
    branch: () => countedBranches(sequence.branch(), count),
    hiddenStates: () => sequence.hiddenStates(),
  };
  return Object.assign(counted, revealing);
}

function countedBranches(branches: Branches & HiddenStates, count: () => void): Branches & HiddenStates {
  return {
    advance: (parents, tokens) => {
      count();
      return branches.advance(parents, tokens);
    },
    path: (leaf) => branches.path(leaf),
    close: () => branches.close(),
    hiddenStates: () => branches.hiddenStates(),
  };
}
