import type { ComparisonRun } from '../contract/comparison.ts';
import type { ForwardCosts } from '../contract/forward-costs.ts';

/** What one draftLength promises on a machine. */
export interface Payoff {
  /** Tokens drafted at a time, 1 or more. */
  readonly draftLength: number;
  /** How probable each guess must be, given those before it, for speculation to be no slower; null: it can't be. */
  readonly breakEven: number | null;
  /** Times plain decoding at the acceptance that was given. */
  readonly speedUp: number;
}

/** Forwards are interpolated between the widths that were measured, and go on along the last two. */
export function forwardMilliseconds({ forwards }: ForwardCosts, width: number): number {
  const above = forwards.findIndex((one) => one.width >= width);
  const [low, high] = above > 0 ? [forwards[above - 1], forwards[above]] : forwards.slice(-2);
  if (above === 0) return forwards[0]?.milliseconds ?? 0;
  if (!low || !high) return low?.milliseconds ?? 0;
  const slope = (high.milliseconds - low.milliseconds) / (high.width - low.width);
  return low.milliseconds + slope * (width - low.width);
}

/**
 * Times plain decoding, with `draftLength` tokens drafted at a time of which each is accepted with probability
 * `acceptance`, given that those before it were: (1 + a + ... + a^n) tokens in one forward of 1 + n tokens and
 * n drafts (Leviathan et al. 2023, theorem 3.8, with the measured cost of a wider forward).
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
 * Times plain decoding that a run should have been, by the costs measured: each of its rounds is a forward of the
 * guesses and one token more, with a draft of each guess where a model drafted, and each forward without a guess
 * is one of a single token. The first token comes with the prompt and is left out.
 * null where the run guessed nothing or isn't done, or a model drafted whose cost isn't known.
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

/** The acceptance at which drafting `draftLength` tokens costs as much as it saves; null where nothing does. */
export function breakEvenAcceptance(costs: ForwardCosts, draftLength: number): number | null {
  if (speedUpOf(costs, draftLength, 1) <= 1) return null;
  let [low, high] = [0, 1];
  // The speed-up rises with the acceptance: halving 40 times is exact to 1e-12.
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (speedUpOf(costs, draftLength, middle) < 1) low = middle;
    else high = middle;
  }
  return high;
}

/** Every draftLength that was measured, from 1, at `acceptance`. */
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

/** The draftLength that promises most, or null where plain decoding does. */
export function bestPayoff(payoffs: readonly Payoff[]): Payoff | null {
  const best = payoffs.reduce<Payoff | null>(
    (found, one) => (found && found.speedUp >= one.speedUp ? found : one),
    null,
  );
  return best && best.speedUp > 1 ? best : null;
}
