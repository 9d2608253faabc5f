import type { Comparison, ComparisonRun, NewVote } from '../../src-main/contract/comparison.ts';

export type Outcome = NewVote['outcome'];

/** Two runs that are shown side by side without names. */
export interface VotePair {
  readonly first: ComparisonRun;
  readonly second: ComparisonRun;
}

/** From 0, inclusive, to 1, exclusive. */
export type Random = () => number;

/**
 * Every two columns of each repeat whose texts differ, in an order and with sides that tell nothing.
 * Runs that aren't done are left out: what was cut off is no worse for it.
 */
export function votePairs({ runs }: Pick<Comparison, 'runs'>, random: Random): readonly VotePair[] {
  const done = runs.filter(({ status, text }) => status === 'done' && text.trim() !== '');
  const pairs: VotePair[] = [];
  done.forEach((one, index) => {
    for (const other of done.slice(index + 1)) {
      if (one.repeat !== other.repeat || one.columnId === other.columnId || one.text === other.text) continue;
      pairs.push(random() < 0.5 ? { first: one, second: other } : { first: other, second: one });
    }
  });
  // Fisher and Yates.
  for (let last = pairs.length - 1; last > 0; last--) {
    const drawn = Math.floor(random() * (last + 1));
    const [one, other] = [pairs[last], pairs[drawn]];
    if (one && other) [pairs[last], pairs[drawn]] = [other, one];
  }
  return pairs;
}

/** A number that nobody can foresee. */
export function cryptoRandom(): number {
  const [drawn = 0] = crypto.getRandomValues(new Uint32Array(1));
  return drawn / 2 ** 32;
}

/** Votes on one comparison, pair by pair. */
export class BlindVote {
  readonly pairs: readonly VotePair[];
  readonly #comparisonId: string;
  readonly #keep: (vote: NewVote) => Promise<boolean>;
  at = $state.raw(0);
  /** What was said of the pair on the screen; null until then: names are hidden. */
  outcome = $state.raw<Outcome | null>(null);
  /** A vote is on its way. */
  #keeping = false;

  constructor(comparison: Comparison, random: Random, keep: (vote: NewVote) => Promise<boolean>) {
    this.pairs = votePairs(comparison, random);
    this.#comparisonId = comparison.id;
    this.#keep = keep;
  }

  get pair(): VotePair | undefined {
    return this.pairs[this.at];
  }

  /** Keeps what is said of the pair on the screen, then shows its names; once each. */
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
