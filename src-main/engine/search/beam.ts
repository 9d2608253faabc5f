import type { BranchingSequence, Logits, TokenId } from '../model.ts';
import { align } from '../model.ts';
import type { Noise } from '../noise.ts';
import type { Finished, Hypothesis, HypothesisEnd, ScoredToken } from './hypothesis.ts';
import { FinishedHypotheses, emptyHypothesis, extended, lengthNormalised } from './hypothesis.ts';
import { LeafScores } from './leaf-scores.ts';
import type { FinishedEvent, PreviewEvent, SettledEvent } from './search-outcome.ts';
import { SearchOutcome } from './search-outcome.ts';
import type { SearchSettings } from './search-settings.ts';
import { endOf } from './search-settings.ts';
import type { Ranking } from './top-continuations.ts';
import { HammingDiversity, TopContinuations, gumbelRanking } from './top-continuations.ts';

/** When a beam search ends that has as many finished hypotheses as its width. */
export type EarlyStopping = boolean | 'never';

export interface BeamSettings extends SearchSettings {
  /** Hypotheses kept, over all groups; 1 to 32. */
  readonly width: number;
  /**
   * Once as many hypotheses have finished as the width (of each group): true ends the search, false ends it when
   * the best live one, at its present length, has no better score than the worst finished one, `never` when no live
   * one can attain a better score. Exactly Hugging Face's definitions.
   */
  readonly earlyStopping: EarlyStopping;
  /** Groups of diverse beam search, a divisor of the width; 1 is plain beam search. */
  readonly groups: number;
  /** Subtracted from a token's score for each choice of it by an earlier group at the same position; at least 0. */
  readonly diversityPenalty: number;
  /** Turns it into beam sampling, with draws from this noise. For one group only. */
  readonly noise?: Noise;
}

/** One step of a beam search. */
export interface BeamsEvent {
  readonly type: 'beams';
  /** Length of every hypothesis here, from 1. */
  readonly length: number;
  /** The hypotheses that are continued; a node of the event before without a child here was dropped. */
  readonly beams: readonly BeamNode[];
  /** The hypotheses that ended with this step. */
  readonly ended: readonly (BeamNode & { readonly end: HypothesisEnd })[];
}

/** A hypothesis as a node of the search tree. */
export interface BeamNode extends ScoredToken {
  /** Index among `beams` of the event before; 0 in the first event, in which the prompt is every node's parent. */
  readonly parent: number;
  /** Sum over the whole hypothesis, after adjustments. */
  readonly logProbabilitySum: number;
  /** The sum, normalised by the length so far. */
  readonly score: number;
  /** The group it belongs to; 0 if there is only one. */
  readonly group: number;
}

export type BeamEvent = BeamsEvent | SettledEvent | PreviewEvent | FinishedEvent;

/**
 * Beam search (Graves 2012, as Hugging Face's generate defines it), diverse beam search with several groups
 * (Vijayakumar et al. 2018), and beam sampling with noise: the survivors of a step are then drawn without
 * replacement, by summed log-probability. One forward per step for all hypotheses.
 *
 * Width 1 gives the text of greedy decoding and, with noise and early stopping, that of sampling. Only `never`
 * with a positive length penalty continues after an end token, since a longer text may have a better mean.
 */
export async function* beam(
  sequence: BranchingSequence,
  prompt: readonly TokenId[],
  settings: BeamSettings,
): AsyncGenerator<BeamEvent, void> {
  const { groups: groupCount, width, lengthPenalty, diversityPenalty, noise } = settings;
  const start = emptyHypothesis();
  const groups = Array.from({ length: groupCount }, () => new BeamGroup(start, width / groupCount, settings));
  const outcome = new SearchOutcome(start, lengthPenalty);
  const scores = new LeafScores(prompt, settings);

  let rows: readonly Logits[] = await sequence.forward(align(sequence, prompt));
  const branches = sequence.branch();
  try {
    for (let length = 1; ; length++) {
      scores.read(rows);
      const diversity = groupCount > 1 ? new HammingDiversity(diversityPenalty) : undefined;
      const ranking = noise && gumbelRanking(noise, length - 1, scores.vocabularySize);
      const ended = groups.map((group) => {
        const endedInGroup = group.extend(scores, diversity?.ranking() ?? ranking);
        for (const { hypothesis } of group.beams) diversity?.add(hypothesis.last!.token);
        return endedInGroup;
      });
      yield {
        type: 'beams',
        length,
        beams: groups.flatMap(({ beams }, index) => beams.map((each) => nodeOf(each, index, lengthPenalty))),
        ended: ended.flatMap((endedInGroup, index) =>
          endedInGroup.map((each) => ({ ...nodeOf(each, index, lengthPenalty), end: each.end })),
        ),
      };
      const beams = groups.flatMap((group) => group.beams);
      const finished = bestOf(groups);
      if (beams.length === 0) {
        yield* outcome.end(finished, settings.best);
        return;
      }
      const live = beams.map(({ hypothesis }) => hypothesis);
      yield* outcome.progress(live, finished);
      rows = await branches.advance(
        beams.map(({ leaf }) => leaf),
        live.map(({ last }) => last!.token),
      );
      assignLeaves(groups);
    }
  } finally {
    branches.close();
  }
}

function nodeOf({ hypothesis, leaf }: Beam, group: number, lengthPenalty: number): BeamNode {
  const { sum, length, last } = hypothesis;
  const score = lengthNormalised(sum, length, lengthPenalty);
  return { ...last!, parent: leaf, logProbabilitySum: sum, score, group };
}

/** The finished hypotheses of all groups, best first; ties go to the earlier group. */
function bestOf(groups: readonly BeamGroup[]): readonly Finished[] {
  return groups.flatMap(({ finished }) => finished.best).sort((one, other) => other.score - one.score);
}

/** The beams of all groups, one after another, are the leaves of the forward that has read them. */
function assignLeaves(groups: readonly BeamGroup[]): void {
  let leaf = 0;
  for (const group of groups) {
    group.beams = group.beams.map(({ hypothesis }) => ({ hypothesis, leaf: leaf++ }));
  }
}

/** A live hypothesis and its leaf in the last forward; its parent's leaf until its own last token is read. */
interface Beam {
  readonly hypothesis: Hypothesis;
  readonly leaf: number;
}

interface EndedBeam extends Beam {
  readonly end: HypothesisEnd;
}

/** Beam search over one group of hypotheses: all of them in plain beam search. */
class BeamGroup {
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
   * Extends every beam by a token and keeps the best. A continuation that ends counts only if it is among the `width`
   * best, and doesn't take the place of a live one: enough candidates are ranked that `width` of them stay live.
   * @returns those that ended; `beams` are the others, each with its parent's leaf
   */
  extend(scores: LeafScores, ranking?: Ranking): readonly EndedBeam[] {
    const before = this.beams;
    const top = new TopContinuations(this.#width * (1 + Math.max(1, this.#settings.endTokens.size)), ranking);
    for (const { leaf, hypothesis } of before) scores.offer(top, leaf, hypothesis);
    const parents = new Map(before.map(({ leaf, hypothesis }) => [leaf, hypothesis]));
    const live: Beam[] = [];
    const ended: EndedBeam[] = [];
    for (const [rank, { leaf, token, sum }] of top.best.entries()) {
      const hypothesis = extended(parents.get(leaf)!, scores.scored(leaf, token), sum);
      const end = endOf(hypothesis, this.#settings);
      if (end && rank < this.#width) ended.push({ hypothesis, leaf, end });
      if (!end && live.length < this.#width) live.push({ hypothesis, leaf });
    }
    for (const { hypothesis, end } of ended) this.finished.add(hypothesis, end);
    if (live.length === 0 && this.finished.best.length === 0) this.#finishUnextended(before);
    this.beams = this.#isDone(live) ? [] : live;
    return ended;
  }

  /** Where every token was banned and nothing had finished: the hypotheses finish without another token. */
  #finishUnextended(beams: readonly Beam[]): void {
    for (const { hypothesis } of beams) {
      if (hypothesis.length > 0) this.finished.add(hypothesis, 'no-continuation');
    }
  }

  #isDone(live: readonly Beam[]): boolean {
    if (!this.finished.full) return false;
    const { earlyStopping, lengthPenalty, maximumTokens } = this.#settings;
    if (earlyStopping === true) return true;
    return live.every(({ hypothesis: { sum, length } }) => {
      const attainable = attainableScore(sum, length, lengthPenalty, earlyStopping, maximumTokens);
      return attainable <= this.finished.worstScore;
    });
  }
}

/**
 * The highest score that a live hypothesis is taken to attain, given that sums never rise. With `never` it is a
 * true bound: a positive penalty is most favourable to the greatest length, any other to the present one. Otherwise
 * it is the score at the present length, an estimate that is too low for positive penalties.
 * @param length at least 1
 * @param maximumTokens length of the longest hypothesis
 */
export function attainableScore(
  sum: number,
  length: number,
  penalty: number,
  earlyStopping: EarlyStopping,
  maximumTokens: number,
): number {
  const mostFavourableLength = earlyStopping === 'never' && penalty > 0 ? maximumTokens : length;
  return lengthNormalised(sum, mostFavourableLength, penalty);
}
