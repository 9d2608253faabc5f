import type { ComparisonRun } from '../contract/comparison.ts';
import type { ForwardCosts } from '../contract/forward-costs.ts';

/** The predicted payoff of one draft length on a machine. */
export interface Payoff {
  /** Tokens drafted per round, at least 1. */
  readonly draftLength: number;
  /** Acceptance probability per drafted token at which speculation breaks even; null if it never does. */
  readonly breakEven: number | null;
  /** Speed relative to plain decoding at the given acceptance. */
  readonly speedUp: number;
}

/** Milliseconds of a forward of `width` tokens: interpolated between measured widths, extrapolated beyond the last. */
export function forwardMilliseconds({ forwards }: ForwardCosts, width: number): number {
  const above = forwards.findIndex((one) => one.width >= width);
  const [low, high] = above > 0 ? [forwards[above - 1], forwards[above]] : forwards.slice(-2);
  if (above === 0) return forwards[0]?.milliseconds ?? 0;
  if (!low || !high) return low?.milliseconds ?? 0;
  const slope = (high.milliseconds - low.milliseconds) / (high.width - low.width);
  return low.milliseconds + slope * (width - low.width);
}

/**
 * Speed relative to plain decoding if `draftLength` tokens are drafted per round and each is accepted with probability
 * `acceptance`, given that those before it were: (1 + a + ... + a^n) tokens per forward of 1 + n tokens and n drafts
 * (Leviathan et al. 2023, theorem 3.8, with the measured cost of wider forwards).
 */
export function speedUpOf(costs: ForwardCosts, draftLength: number, acceptance: number): number {
  let tokens = 1;
  for (let count = 1, reached = acceptance; count <= draftLength; count++, reached *= acceptance)
    tokens += reached;
  const draft = draftLength * (costs.draft?.milliseconds ?? 0);
  const round = forwardMilliseconds(costs, 1 + draftLength) + draft;
  return (tokens * forwardMilliseconds(costs, 1)) / round;
}

/**
 * Speed of a run relative to plain decoding as predicted from measured costs. A round costs one forward of the proposed
 * tokens and one more, plus the drafts of a draft model; every other forward has width 1. The first token, which
 * comes from the prefill, is excluded.
 * Returns null if the run has no rounds or isn't finished, or if a draft model's cost is unknown.
 */
export function predictedSpeedUp(
  costs: ForwardCosts,
  { trace, statistics }: Pick<ComparisonRun, 'trace' | 'statistics'>,
): number | null {
  const rounds = trace.flatMap((event) => (event.type === 'round' ? [event] : []));
  if (rounds.length === 0 || statistics === null || statistics.outputTokens < 2) return null;
  const drafted = rounds.filter(({ source }) => source === 'draft-model');
  if (drafted.length > 0 && costs.draft === null) return null;
  const alone = forwardMilliseconds(costs, 1);
  let time = Math.max(0, statistics.forwards - rounds.length - 1) * alone;
  for (const { proposed } of rounds) time += forwardMilliseconds(costs, 1 + proposed.length);
  for (const { proposed } of drafted) time += proposed.length * (costs.draft?.milliseconds ?? 0);
  return ((statistics.outputTokens - 1) * alone) / time;
}

/** Acceptance at which drafting `draftLength` tokens breaks even; null if it never does. */
export function breakEvenAcceptance(costs: ForwardCosts, draftLength: number): number | null {
  if (speedUpOf(costs, draftLength, 1) <= 1) return null;
  let [low, high] = [0, 1];
  // The speed-up increases with the acceptance; 40 bisections are exact to 1e-12.
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (speedUpOf(costs, draftLength, middle) < 1) low = middle;
    else high = middle;
  }
  return high;
}

/** Payoffs of every measured draft length, from 1, at `acceptance`. */
export function payoffsOf(costs: ForwardCosts, acceptance: number): readonly Payoff[] {
  const widest = costs.forwards.at(-1)?.width ?? 1;
  return Array.from({ length: Math.max(0, widest - 1) }, (_, index) => {
    const draftLength = index + 1;
    return {
      draftLength,
      breakEven: breakEvenAcceptance(costs, draftLength),
      speedUp: speedUpOf(costs, draftLength, acceptance),
    };
  });
}

/** The payoff with the highest speed-up, or null if plain decoding is fastest. */
export function bestPayoff(payoffs: readonly Payoff[]): Payoff | null {
  const best = payoffs.reduce<Payoff | null>(
    (found, one) => (found && found.speedUp >= one.speedUp ? found : one),
    null,
  );
  return best && best.speedUp > 1 ? best : null;
}
