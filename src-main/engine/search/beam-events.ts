import type { ScoredToken } from './hypothesis.ts';
import type { HypothesisEnd } from './search-settings.ts';

/** A hypothesis as a node of the tree that a search makes. */
export interface BeamNode extends ScoredToken {
  /** Index among `beams` of the event before; 0 in the first event, where the prompt is every node's parent. */
  readonly parent: number;
  /** Of the whole hypothesis, after adjustments. */
  readonly logProbabilitySum: number;
  /** The sum, normalised by the length so far. */
  readonly score: number;
  /** Which group it belongs to; 0 where there is one. */
  readonly group: number;
}

/** One step of a beam search. */
export interface BeamsEvent {
  readonly type: 'beams';
  /** Length of every hypothesis here, from 1. */
  readonly length: number;
  /** The hypotheses that go on; a node of the event before that is nobody's parent was dropped. */
  readonly beams: readonly BeamNode[];
  /** The hypotheses that ended with this step. */
  readonly ended: readonly (BeamNode & { readonly end: HypothesisEnd })[];
}

/** What a round of candidate-set decoding made of one alternative of one candidate. */
export interface CandidateNode {
  /** Index in the set after the last round (see `place`); 0 in the first round, for the prompt. */
  readonly parent: number;
  /** The tokens of this round; none where the candidate had ended before. */
  readonly tokens: readonly ScoredToken[];
  /** Of the whole candidate, after adjustments. */
  readonly logProbabilitySum: number;
  /** The sum, normalised by the length so far. */
  readonly score: number;
  readonly end: HypothesisEnd | undefined;
  /** Index in the set after this round; -1 where it didn't survive. */
  readonly place: number;
}

export interface CandidatesEvent {
  readonly type: 'candidates';
  /** From 0. */
  readonly round: number;
  readonly candidates: readonly CandidateNode[];
}

/** Tokens that every possible result has: they follow the settled ones before and never change. */
export interface SettledEvent {
  readonly type: 'settled';
  readonly tokens: readonly ScoredToken[];
}

/** What would follow the settled tokens if the leading hypothesis won. Each preview replaces the one before. */
export interface PreviewEvent {
  readonly type: 'preview';
  readonly tokens: readonly ScoredToken[];
}

export interface FinishedHypothesis {
  readonly tokens: readonly ScoredToken[];
  readonly end: HypothesisEnd;
  readonly logProbabilitySum: number;
  /** The sum, normalised by the length. */
  readonly score: number;
}

/**
 * The end of a search: its hypotheses, best first. The first one's tokens have all been settled before. Empty
 * only where every first token was forbidden.
 */
export interface FinishedEvent {
  readonly type: 'finished';
  readonly hypotheses: readonly FinishedHypothesis[];
}

export type BeamEvent = BeamsEvent | SettledEvent | PreviewEvent | FinishedEvent;
export type CandidateSetEvent = CandidatesEvent | SettledEvent | PreviewEvent | FinishedEvent;
