import type { ProposalSource } from '../../contract/generation.ts';
import type { TokenId } from '../model.ts';
import type { DraftCost } from './cost-model.ts';
import { AcceptanceEstimate, CostModel } from './cost-model.ts';

/** What one round of speculative decoding proposed and cost. */
export interface Round {
  /** Undefined if nothing was proposed: a step of plain decoding. */
  readonly source: ProposalSource | undefined;
  /** Length of the match that the proposal was found after; 0 for a draft model. */
  readonly matchLength: number;
  readonly proposed: readonly TokenId[];
  /** How many of `proposed`, from the first, were accepted; one more token was chosen after them. */
  readonly accepted: number;
  /** Tokens that the forward read. */
  readonly width: number;
  readonly draftMs: number;
  readonly verifyMs: number;
}

/** Decides how many tokens to propose. */
export interface DraftLength {
  /** @param matchLength of the proposal at hand: see `Proposal` */
  length(source: ProposalSource, matchLength: number): number;
  /** Called with every round. */
  observe(round: Round): void;
}

/**
 * The same number of tokens every time.
 * @param length 1 or more
 */
export function fixedDraftLength(length: number): DraftLength {
  return { length: () => length, observe: () => undefined };
}

/** Share of the time of plain decoding that may be spent on trials of a proposer that no longer pays. */
const trialShare = 0.01;
/** A draft of one token, relative to one forward of the target, before any measurement. */
const assumedDraftCost: Readonly<Record<ProposalSource, number>> = {
  'prompt-lookup': 0.002,
  'draft-model': 0.3,
};
const draftRate = 0.2;
const clip = 2;

/**
 * Chooses the length, down to 0, that maximises the tokens expected per millisecond:
 * (1 + a1 + a1 a2 + ...) / (forward of 1 + length tokens + draft), where ai is the probability that token i is
 * accepted, all from running estimates. If no length pays, a single token is proposed now and then, for at most
 * a hundredth of the time.
 */
export class AdaptiveDraftLength implements DraftLength {
  readonly #costModel: CostModel;
  readonly #maximum: number;
  /** Acceptance of prompt lookup, which depends on how much this text repeats. */
  readonly #acceptance = new AcceptanceEstimate();
  /** The sources that this generation has. */
  readonly #asked = new Set<ProposalSource>();
  /** Milliseconds that may be spent on a trial, by source. */
  readonly #credit = new Map<ProposalSource, number>();

  /** @param maximum longest proposal, 1 or more; default 16 */
  constructor(costModel = new CostModel(), maximum = 16) {
    this.#costModel = costModel;
    this.#maximum = maximum;
  }

  length(source: ProposalSource, matchLength: number): number {
    this.#asked.add(source);
    const { length, rate } = this.#best(source, matchLength);
    // Even if a match pays, a draft model that pays more takes precedence: it proposes next.
    const rival = source !== 'draft-model' && this.#asked.has('draft-model');
    if (rival && this.#best('draft-model', 0).rate > rate) return 0;
    return length > 0 ? length : this.#trial(source);
  }

  /** `rate` in tokens per millisecond. */
  #best(source: ProposalSource, matchLength: number): { length: number; rate: number } {
    const { forwardTimes } = this.#costModel;
    const perToken = this.#draftCost(source).perToken;
    const probabilities = this.#acceptanceOf(source).probabilities(source, matchLength, this.#maximum);
    let expected = 1;
    let reached = 1;
    let best = { length: 0, rate: 1 / forwardTimes.milliseconds(1) };
    for (let length = 1; length <= this.#maximum; length++) {
      reached *= probabilities[length - 1]!;
      expected += reached;
      const rate = expected / (forwardTimes.milliseconds(1 + length) + length * perToken);
      if (rate > best.rate) best = { length, rate };
    }
    return best;
  }

  observe({ source, matchLength, proposed, accepted, width, draftMs, verifyMs }: Round): void {
    const { forwardTimes, draftCosts } = this.#costModel;
    forwardTimes.observe(width, verifyMs);
    if (source === undefined) {
      for (const [known, credit] of this.#credit) this.#credit.set(known, credit + trialShare * verifyMs);
      return;
    }
    this.#acceptanceOf(source).observe(source, matchLength, proposed.length, accepted);
    const cost = this.#draftCost(source);
    const perToken = Math.min(draftMs / proposed.length, clip * cost.perToken);
    const updated = cost.perToken + draftRate * (perToken - cost.perToken);
    draftCosts.set(source, { perToken: updated, last: draftMs });
    // The time that a trial saves is credited at once, so that a proposer that pays again recovers quickly.
    const saved = accepted * forwardTimes.milliseconds(1);
    this.#credit.set(source, Math.min((this.#credit.get(source) ?? 0) + saved, this.#trialCost(source)));
  }

  #acceptanceOf(source: ProposalSource): AcceptanceEstimate {
    return source === 'draft-model' ? this.#costModel.acceptance : this.#acceptance;
  }

  /** 1 if the credit covers it, else 0. */
  #trial(source: ProposalSource): number {
    const credit = this.#credit.get(source) ?? 0;
    const cost = this.#trialCost(source);
    this.#credit.set(source, credit < cost ? credit : credit - cost);
    return credit < cost ? 0 : 1;
  }

  #trialCost(source: ProposalSource): number {
    const { forwardTimes } = this.#costModel;
    return (
      this.#draftCost(source).last + Math.max(0, forwardTimes.milliseconds(2) - forwardTimes.milliseconds(1))
    );
  }

  #draftCost(source: ProposalSource): DraftCost {
    const known = this.#costModel.draftCosts.get(source);
    if (known) return known;
    const assumed = assumedDraftCost[source] * this.#costModel.forwardTimes.milliseconds(1);
    return { perToken: assumed, last: assumed };
  }
}
