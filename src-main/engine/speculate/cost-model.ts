import type { ProposalSource } from '../../contract/generation.ts';

/** What speculation measures on a machine, carried from one generation to the next. */
export class CostModel {
  readonly forwardTimes = new ForwardTimes();
  readonly draftCosts = new Map<ProposalSource, DraftCost>();
  /** Acceptance of draft models: how well two models agree hardly depends on the text. */
  readonly acceptance = new AcceptanceEstimate();
}

export interface DraftCost {
  /** Moving average, milliseconds per token. */
  perToken: number;
  /** The last draft as a whole, milliseconds: the next trial may cost as much. */
  last: number;
}

/** Wider forwards belong to prefill and are not predicted. */
const widest = 64;
/** The level follows the latest times; the shape hardly changes on one machine. */
const levelRate = 0.2;
const shapeRate = 0.1;
/** A single measurement counts as at most this many times the expected time, and at least its inverse. */
const clip = 1.5;

/** Cost by width before any measurement, relative to one token: the same for two, then 0.14 for each further one. */
const assumedShape = (width: number): number => 1 + 0.14 * Math.max(0, width - 2);

/**
 * Milliseconds of a forward by its width, as measured: a level, which follows the length of the context and the load
 * of the machine, times a shape by width. Widths without a measurement are interpolated along the assumed shape.
 */
export class ForwardTimes {
  #level = 0;
  /** By width: the measured shape over the assumed one, 0 where not measured. */
  readonly #corrections = new Float64Array(widest + 1);

  observe(width: number, milliseconds: number): void {
    if (width > widest || !(milliseconds > 0)) return;
    if (this.#level === 0) this.#level = milliseconds / assumedShape(width);
    const expected = this.milliseconds(width);
    const ratio = Math.min(clip, Math.max(1 / clip, milliseconds / expected));
    if (width > 1) {
      // The first measurement weighs more: the shape was only assumed.
      const known = this.#corrections[width]! > 0;
      this.#corrections[width] = this.#correction(width) * ratio ** (known ? shapeRate : 0.5);
    }
    this.#level *= ratio ** levelRate;
  }

  /** The time of one forward of `width` tokens; only in proportion until something is measured. */
  milliseconds(width: number): number {
    return (this.#level || 1) * assumedShape(width) * this.#correction(width);
  }

  /** Measured, or interpolated between the measured neighbours; beyond them, that of the last. Width 1 has 1. */
  #correction(width: number): number {
    const corrections = this.#corrections;
    const at = Math.min(width, widest);
    let below = at;
    while (below > 1 && corrections[below] === 0) below--;
    let above = at;
    while (above < widest && corrections[above] === 0) above++;
    const low = corrections[below] || 1;
    const high = corrections[above] || low;
    if (above === below) return low;
    return low + ((high - low) * (at - below)) / (above - below);
  }
}

/** Weight of the prior, in tokens. */
const priorWeight = 4;
/** Factor of an outcome's weight for each later one. */
const decay = 0.98;
/** Longer matches count as one less than this. */
const matchLengths = 16;

/** Probability of acceptance by match length before anything is observed. */
const priors: Readonly<Record<ProposalSource, (matchLength: number) => number>> = {
  'prompt-lookup': (matchLength) => Math.min(0.95, 0.1 + 0.12 * matchLength),
  'draft-model': () => 0.7,
};

/** By match length. */
interface Outcomes {
  readonly accepted: Float64Array;
  readonly tried: Float64Array;
}

/**
 * The probability that a proposed token is accepted, given that those before it were. Token i of a proposal with
 * match length m counts as match length m + i, since each accepted token extends the match. Outcomes at one match
 * length also shift the estimates for longer ones, as long as these have few outcomes themselves.
 */
export class AcceptanceEstimate {
  readonly #outcomes = new Map<ProposalSource, Outcomes>();

  /** For each of the first `count` tokens of a proposal. */
  probabilities(source: ProposalSource, matchLength: number, count: number): Float64Array {
    const estimates = this.#estimates(source);
    return Float64Array.from(
      { length: count },
      (_, index) => estimates[Math.min(matchLength + index, matchLengths - 1)]!,
    );
  }

  /** @param accepted how many of the `proposed` tokens; the next one was rejected, those after it never tried */
  observe(source: ProposalSource, matchLength: number, proposed: number, accepted: number): void {
    const outcomes = this.#outcomesOf(source);
    for (let index = 0; index < Math.min(accepted + 1, proposed); index++) {
      const at = Math.min(matchLength + index, matchLengths - 1);
      outcomes.accepted[at] = decay * outcomes.accepted[at]! + (index < accepted ? 1 : 0);
      outcomes.tried[at] = decay * outcomes.tried[at]! + 1;
    }
  }

  #estimates(source: ProposalSource): Float64Array {
    const { accepted, tried } = this.#outcomesOf(source);
    const prior = priors[source];
    const estimates = new Float64Array(matchLengths);
    let shorter = prior(0);
    let shorterPrior = shorter;
    for (let length = 0; length < matchLengths; length++) {
      const here = prior(length);
      // The prior gives the ratio of the probability of rejection to that at the next shorter match.
      const expected = 1 - ((1 - shorter) * (1 - here)) / (1 - shorterPrior);
      shorter = (accepted[length]! + priorWeight * expected) / (tried[length]! + priorWeight);
      shorterPrior = here;
      estimates[length] = shorter;
    }
    return estimates;
  }

  #outcomesOf(source: ProposalSource): Outcomes {
    let outcomes = this.#outcomes.get(source);
    if (!outcomes) {
      outcomes = { accepted: new Float64Array(matchLengths), tried: new Float64Array(matchLengths) };
      this.#outcomes.set(source, outcomes);
    }
    return outcomes;
  }
}
