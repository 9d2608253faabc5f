import type { Sequence, TokenId } from './model.ts';
import { align } from './model.ts';
import { prefill } from './prefill.ts';

export interface ForwardMeasurement {
  /** Tokens before each forward; at least as many as the widest one. */
  readonly context: readonly TokenId[];
  /** Tokens that a forward reads. */
  readonly widths: readonly number[];
  /** How often each width is run, 1 or more; the widths alternate, so that a busy moment affects all of them. */
  readonly rounds: number;
  /** Monotonic clock, ms. */
  readonly now: () => number;
}

/**
 * The median milliseconds of a forward by its width, in the order of `widths`; the first round is warm-up. A narrower
 * forward never counts more than a wider one: it could have been run as that one.
 */
export async function measureForwards(
  sequence: Sequence,
  { context, widths, rounds, now }: ForwardMeasurement,
): Promise<readonly number[]> {
  for await (const _ of prefill(sequence, context));
  const times = widths.map((): number[] => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, width] of widths.entries()) {
      // The last token of the context is read again, and others after it.
      const tokens = [...align(sequence, context), ...context.slice(0, width - 1)];
      const start = now();
      await sequence.forward(tokens, tokens.length);
      if (round > 0) times[index]?.push(now() - start);
    }
  }
  const medians = times.map(median);
  return widths.map((width) => Math.min(...medians.filter((_, index) => (widths[index] ?? 0) >= width)));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[sorted.length >> 1] ?? 0;
}
