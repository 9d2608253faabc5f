import type { ProposalSource } from '../../contract/generation.ts';

/** Tokens that the assumed probability counts for. */
const assumedWeight = 4;
/** What remains of an older outcome's weight when a new one comes. */
const memory = 0.98;
const grades = 16;

/** By grade, before anything is known; a run replaces them within some tokens. */
const assumed: Readonly<Record<ProposalSource, (grade: number) => number>> = {
  'prompt-lookup': (grade) => Math.min(0.95, 0.1 + 0.12 * grade),
  'draft-model': () => 0.7,
};

interface Outcomes {
  readonly accepted: Float64Array;
  readonly tried: Float64Array;
}

/**
 * How probable it is that a proposed token is accepted, given that those before it were. Token i of a
 * proposal with support s has the grade s + i, since each accepted token makes a match longer. What is
 * seen at one grade moves what is believed of those above it, as long as these were hardly seen.
 */
export class AcceptanceEstimate {
  readonly #outcomes = new Map<ProposalSource, Outcomes>();

  /** Of the first `count` tokens of a proposal. */
  probabilities(source: ProposalSource, support: number, count: number): Float64Array {
    const believed = this.#believed(source);
    return Float64Array.from(
      { length: count },
      (_, index) => believed[Math.min(support + index, grades - 1)]!,
    );
  }

  /** @param accepted of `proposed` tokens; the one behind them was refused, those after it never tried */
  observe(source: ProposalSource, support: number, proposed: number, accepted: number): void {
    const outcomes = this.#outcomesOf(source);
    for (let index = 0; index < Math.min(accepted + 1, proposed); index++) {
      const grade = Math.min(support + index, grades - 1);
      outcomes.accepted[grade] = memory * outcomes.accepted[grade]! + (index < accepted ? 1 : 0);
      outcomes.tried[grade] = memory * outcomes.tried[grade]! + 1;
    }
  }

  #believed(source: ProposalSource): Float64Array {
    const { accepted, tried } = this.#outcomesOf(source);
    const believed = new Float64Array(grades);
    let lower = assumed[source](0);
    let lowerAssumed = lower;
    for (let grade = 0; grade < grades; grade++) {
      const here = assumed[source](grade);
      // Assumed is by how much less likely than one grade below a refusal is.
      const expected = 1 - ((1 - lower) * (1 - here)) / (1 - lowerAssumed);
      lower = (accepted[grade]! + assumedWeight * expected) / (tried[grade]! + assumedWeight);
      lowerAssumed = here;
      believed[grade] = lower;
    }
    return believed;
  }

  #outcomesOf(source: ProposalSource): Outcomes {
    let outcomes = this.#outcomes.get(source);
    if (!outcomes) {
      outcomes = { accepted: new Float64Array(grades), tried: new Float64Array(grades) };
      this.#outcomes.set(source, outcomes);
    }
    return outcomes;
  }
}
