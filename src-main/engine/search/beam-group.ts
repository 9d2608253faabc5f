import type { BeamSettings } from './beam-settings.ts';
import { FinishedHypotheses } from './finished-hypotheses.ts';
import type { Hypothesis } from './hypothesis.ts';
import { extended } from './hypothesis.ts';
import type { LeafScores } from './leaf-scores.ts';
import { attainableScore } from './length-penalty.ts';
import type { HypothesisEnd } from './search-settings.ts';
import { endOf } from './search-settings.ts';
import type { Continuation, Ranking } from './top-continuations.ts';
import { TopContinuations } from './top-continuations.ts';

/** A live hypothesis and its place among the leaves of the last forward. */
export interface Beam {
  readonly hypothesis: Hypothesis;
  /** Before its token was read: the place of its parent. */
  readonly leaf: number;
}

export interface EndedBeam extends Beam {
  readonly end: HypothesisEnd;
}

/** Beam search over one group of hypotheses: all of them in plain beam search. */
export class BeamGroup {
  readonly #settings: BeamSettings;
  readonly #width: number;
  readonly finished: FinishedHypotheses;
  /** Best first. */
  beams: readonly Beam[];

  /** @param width of this group alone */
  constructor(start: Hypothesis, width: number, settings: BeamSettings) {
    this.#settings = settings;
    this.#width = width;
    this.finished = new FinishedHypotheses(width, settings.lengthPenalty);
    this.beams = [{ hypothesis: start, leaf: 0 }];
  }

  /**
   * Extends every beam by a token and keeps the best. A continuation that ends counts only where it is among the
   * `width` best, and doesn't take the place of one that goes on: so many are looked at that enough go on.
   * @returns those that ended; `beams` are the others, each with its parent's leaf
   */
  extend(scores: LeafScores, ranking?: Ranking): readonly EndedBeam[] {
    const before = this.beams;
    const top = new TopContinuations(this.#width * (1 + Math.max(1, this.#settings.endTokens.size)), ranking);
    for (const { leaf, hypothesis } of before) scores.offer(top, leaf, hypothesis);
    const parents = new Map(before.map(({ leaf, hypothesis }) => [leaf, hypothesis]));
    const going: Beam[] = [];
    const ended: EndedBeam[] = [];
    for (const [rank, continuation] of top.kept.entries()) {
      const hypothesis = this.#grown(parents.get(continuation.leaf)!, continuation, scores);
      const { leaf } = continuation;
      const end = endOf(hypothesis, this.#settings);
      if (end && rank < this.#width) ended.push({ hypothesis, leaf, end });
      if (!end && going.length < this.#width) going.push({ hypothesis, leaf });
    }
    for (const { hypothesis, end } of ended) this.finished.add(hypothesis, end);
    if (going.length === 0 && this.finished.kept.length === 0) this.#giveUp(before);
    this.beams = this.#isOver(going) ? [] : going;
    return ended;
  }

  #grown(parent: Hypothesis, { leaf, token, sum }: Continuation, scores: LeafScores): Hypothesis {
    return extended(parent, scores.scored(leaf, token), sum);
  }

  /** Every token was forbidden and nothing had finished: the hypotheses stay as they are. */
  #giveUp(beams: readonly Beam[]): void {
    for (const { hypothesis } of beams) {
      if (hypothesis.length > 0) this.finished.add(hypothesis, 'no-continuation');
    }
  }

  #isOver(going: readonly Beam[]): boolean {
    if (!this.finished.full) return false;
    const { earlyStopping, lengthPenalty, maximumTokens } = this.#settings;
    if (earlyStopping === true) return true;
    return going.every(({ hypothesis: { sum, length } }) => {
      const attainable = attainableScore(sum, length, lengthPenalty, earlyStopping, maximumTokens);
      return attainable <= this.finished.worstScore;
    });
  }
}
