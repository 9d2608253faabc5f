import type { Sequence } from '../../src-main/engine/model.ts';

/**
 * `sequence`, and a clock that its forwards move by 6 ms and 1 ms a token, and every look at it a little: what is
 * decided by times is decided the same way in every run.
 */
export function clockedSequence(sequence: Sequence): { sequence: Sequence; now: () => number } {
  let time = 0;
  const clocked: Sequence = {
    get tokens() {
      return sequence.tokens;
    },
    forward: (tokens, keep) => {
      time += 6 + tokens.length;
      return sequence.forward(tokens, keep);
    },
    rollback: (count) => sequence.rollback(count),
    interrupt: () => sequence.interrupt(),
    close: () => sequence.close(),
  };
  return { sequence: clocked, now: () => (time += 0.01) };
}
