import type { ProposalSource } from '../../contract/generation.ts';
import type { Round } from './round.ts';
import { AcceptanceEstimate } from './acceptance-estimate.ts';
import { ForwardTimes } from './forward-times.ts';
import type { DraftLength } from './draft-length.ts';

/** Share of the time of plain decoding that may be spent on finding out whether a proposer pays again. */
const trialShare = 0.01;
/** A draft of one token against one forward of the target, before it was measured. */
const assumedDraftCost: Readonly<Record<ProposalSource, number>> = {
  'prompt-lookup': 0.002,
  'draft-model': 0.3,
};
const draftRate = 0.2;
const clip = 2;

interface DraftCost {
  /** Running mean, milliseconds. */
  perToken: number;
  /** Of the last draft as a whole: the next trial may cost as much. */
  last: number;
}

/** What holds from one generation to the next on one machine. */
export interface Experience {
  readonly times: ForwardTimes;
  readonly draftCosts: Map<ProposalSource, DraftCost>;
  /** Of draft models: how well two models agree hardly depends on the text; what a text repeats does. */
  readonly acceptance: AcceptanceEstimate;
}

export function newExperience(): Experience {
  return { times: new ForwardTimes(), draftCosts: new Map(), acceptance: new AcceptanceEstimate() };
}

/**
 * Chooses each time the length, down to 0, that maximises the tokens expected in a millisecond:
 * (1 + a1 + a1 a2 + ...) / (forward of 1 + length tokens + draft), with running estimates of all of it.
 * Where nothing pays, a single token is proposed now and then, for at most a hundredth of the time.
 */
export class AdaptiveDraftLength implements DraftLength {
  readonly #experience: Experience;
  readonly #maximum: number;
  /** Of what this text repeats. */
  readonly #acceptance = new AcceptanceEstimate();
  /** The sources that this generation has. */
  readonly #asked = new Set<ProposalSource>();
  /** Milliseconds that may be spent on a trial, by source. */
  readonly #credit = new Map<ProposalSource, number>();

  /** @param maximum longest proposal, 1 or more; default 16 */
  constructor(experience: Experience = newExperience(), maximum = 16) {
    this.#experience = experience;
    this.#maximum = maximum;
  }

  length(source: ProposalSource, support: number): number {
    this.#asked.add(source);
    const { length, rate } = this.#best(source, support);
    // A match may pay and yet be in the way of a model that pays more and would be asked next.
    const rival = source !== 'draft-model' && this.#asked.has('draft-model');
    if (rival && this.#best('draft-model', 0).rate > rate) return 0;
    return length > 0 ? length : this.#trial(source);
  }

  #best(source: ProposalSource, support: number): { length: number; rate: number } {
    const { times } = this.#experience;
    const perToken = this.#draftCost(source).perToken;
    const chances = this.#acceptanceOf(source).probabilities(source, support, this.#maximum);
    let expected = 1;
    let reached = 1;
    let best = { length: 0, rate: 1 / times.milliseconds(1) };
    for (let length = 1; length <= this.#maximum; length++) {
      reached *= chances[length - 1]!;
      expected += reached;
      const rate = expected / (times.milliseconds(1 + length) + length * perToken);
      if (rate > best.rate) best = { length, rate };
    }
    return best;
  }

  observe({ source, support, proposed, accepted, width, draftMs, verifyMs }: Round): void {
    this.#experience.times.observe(width, verifyMs);
    if (source === undefined) {
      for (const [known, credit] of this.#credit) this.#credit.set(known, credit + trialShare * verifyMs);
      return;
    }
    this.#acceptanceOf(source).observe(source, support, proposed.length, accepted);
    const cost = this.#draftCost(source);
    const perToken = Math.min(draftMs / proposed.length, clip * cost.perToken);
    const updated = cost.perToken + draftRate * (perToken - cost.perToken);
    this.#experience.draftCosts.set(source, { perToken: updated, last: draftMs });
    // What a trial saves pays for the next one at once, so that a proposer that is good again is soon believed.
    const saved = accepted * this.#experience.times.milliseconds(1);
    this.#credit.set(source, Math.min((this.#credit.get(source) ?? 0) + saved, this.#trialCost(source)));
  }

  #acceptanceOf(source: ProposalSource): AcceptanceEstimate {
    return source === 'draft-model' ? this.#experience.acceptance : this.#acceptance;
  }

  /** 1 where the credit covers it, else 0. */
  #trial(source: ProposalSource): number {
    const credit = this.#credit.get(source) ?? 0;
    const cost = this.#trialCost(source);
    this.#credit.set(source, credit < cost ? credit : credit - cost);
    return credit < cost ? 0 : 1;
  }

  #trialCost(source: ProposalSource): number {
    const { times } = this.#experience;
    return this.#draftCost(source).last + Math.max(0, times.milliseconds(2) - times.milliseconds(1));
  }

  #draftCost(source: ProposalSource): DraftCost {
    const known = this.#experience.draftCosts.get(source);
    if (known) return known;
    const assumed = assumedDraftCost[source] * this.#experience.times.milliseconds(1);
    return { perToken: assumed, last: assumed };
  }
}
