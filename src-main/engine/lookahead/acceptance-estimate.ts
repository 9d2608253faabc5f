import type { ProposalSource } from '../propose/proposer.ts';

/** Tokens that the assumed probability counts for. */
const assumedWeight = 4;
/** What remains of an older outcome's weight when a new one comes. */
const memory = 0.97;
const grades = 16;

/** Measured once on answers of the default model; a run replaces them within some tokens. */
const assumed: Readonly<Record<ProposalSource, (grade: number) => number>> = {
  'prompt-lookup': (grade) => Math.min(0.9, 0.12 + 0.1 * grade),
  'draft-model': () => 0.7,
};

/**
 * How probable it is that a proposed token is accepted, given that those before it were. Token i of a
 * proposal with support s has the grade s + i: each accepted token makes a match longer.
 */
export class AcceptanceEstimate {
  readonly #tables = new Map<ProposalSource, { accepted: Float64Array; tried: Float64Array }>();

  /** @param index 0 for the first token proposed */
  probability(source: ProposalSource, support: number, index: number): number {
    const grade = Math.min(support + index, grades - 1);
    const { accepted, tried } = this.#table(source);
    const prior = assumed[source](grade);
    return (accepted[grade]! + assumedWeight * prior) / (tried[grade]! + assumedWeight);
  }

  /** @param accepted of `proposed` tokens; the one behind them was refused, those after it never tried */
  observe(source: ProposalSource, support: number, proposed: number, accepted: number): void {
    const table = this.#table(source);
    for (let index = 0; index < Math.min(accepted + 1, proposed); index++) {
      const grade = Math.min(support + index, grades - 1);
      table.accepted[grade] = memory * table.accepted[grade]! + (index < accepted ? 1 : 0);
      table.tried[grade] = memory * table.tried[grade]! + 1;
    }
  }

  #table(source: ProposalSource) {
    let table = this.#tables.get(source);
    if (!table) {
      table = { accepted: new Float64Array(grades), tried: new Float64Array(grades) };
      this.#tables.set(source, table);
    }
    return table;
  }
}
