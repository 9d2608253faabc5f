import type { Comparison, ComparisonRun, NewVote, Vote } from '../../../src-main/contract/comparison.ts';

export type Outcome = NewVote['outcome'];

/** Two runs that are shown side by side without names. */
export interface VotePair {
  readonly first: ComparisonRun;
  readonly second: ComparisonRun;
  /** How often the pair was judged or skipped before. */
  readonly judged: number;
}

type Cast = Pick<Vote, 'firstRunId' | 'secondRunId'>;

/** From 0, inclusive, to 1, exclusive. */
export type Random = () => number;

/**
 * Every pair of columns of a repeat whose texts differ, least often judged first; otherwise order and sides are
 * random, so that they reveal nothing. Runs that aren't done are left out: truncation would bias the votes.
 */
export function votePairs(
  { runs }: Pick<Comparison, 'runs'>,
  cast: readonly Cast[],
  random: Random,
): readonly VotePair[] {
  const done = runs.filter(({ status, text }) => status === 'done' && text.trim() !== '');
  const pairs: VotePair[] = [];
  done.forEach((one, index) => {
    for (const other of done.slice(index + 1)) {
      if (one.repeat !== other.repeat || one.columnId === other.columnId || one.text === other.text) continue;
      const judged = cast.filter((vote) => isOn(vote, one.id, other.id)).length;
      const [first, second] = random() < 0.5 ? [one, other] : [other, one];
      pairs.push({ first, second, judged });
    }
  });
  // Fisher–Yates shuffle.
  for (let last = pairs.length - 1; last > 0; last--) {
    const drawn = Math.floor(random() * (last + 1));
    const [one, other] = [pairs[last], pairs[drawn]];
    if (one && other) [pairs[last], pairs[drawn]] = [other, one];
  }
  // The sort is stable: ties stay in random order.
  return pairs.sort((one, other) => one.judged - other.judged);
}

function isOn({ firstRunId, secondRunId }: Cast, one: string, other: string): boolean {
  return (firstRunId === one && secondRunId === other) || (firstRunId === other && secondRunId === one);
}

/** An unpredictable number. */
export function cryptoRandom(): number {
  const [drawn = 0] = crypto.getRandomValues(new Uint32Array(1));
  return drawn / 2 ** 32;
}

interface VoteOn {
  readonly comparison: Comparison;
  /** Earlier votes on the comparison. */
  readonly cast: readonly Cast[];
  readonly random: Random;
  /** Returns whether the vote was stored. */
  readonly keep: (vote: NewVote) => Promise<boolean>;
}

/** Votes on one comparison, pair by pair. */
export class BlindVote {
  readonly pairs: readonly VotePair[];
  readonly #comparisonId: string;
  readonly #keep: (vote: NewVote) => Promise<boolean>;
  at = $state.raw(0);
  /** The verdict on the current pair; null while it is pending and the names are hidden. */
  outcome = $state.raw<Outcome | null>(null);
  /** Whether a vote is being saved. */
  #keeping = false;

  constructor({ comparison, cast, random, keep }: VoteOn) {
    this.pairs = votePairs(comparison, cast, random);
    this.#comparisonId = comparison.id;
    this.#keep = keep;
  }

  get pair(): VotePair | undefined {
    return this.pairs[this.at];
  }

  /** Saves the verdict on the current pair, then reveals its names; once per pair. */
  async vote(outcome: Outcome): Promise<void> {
    const { pair } = this;
    if (!pair || this.outcome !== null || this.#keeping) return;
    this.#keeping = true;
    const [firstRunId, secondRunId] = [pair.first.id, pair.second.id];
    const kept = await this.#keep({ comparisonId: this.#comparisonId, firstRunId, secondRunId, outcome });
    this.#keeping = false;
    if (kept) this.outcome = outcome;
  }

  next(): void {
    if (this.outcome === null) return;
    this.outcome = null;
    this.at += 1;
  }
}
