import type { Sequence } from '../../src-main/engine/model.ts';

/**
 * `sequence` with a fake clock: a forward takes 6 ms plus 1 ms per token, reading the clock 0.01 ms. Makes
 * time-dependent decisions deterministic.
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
