import type { Branches, BranchingSequence, TokenId } from '../model.ts';
import { align } from '../model.ts';
import type { Noise } from '../noise.ts';
import type { Hypothesis, HypothesisEnd, ScoredToken } from './hypothesis.ts';
import {
  FinishedHypotheses,
  emptyHypothesis,
  extended,
  lengthNormalised,
  tokensAfter,
} from './hypothesis.ts';
import { LeafScores } from './leaf-scores.ts';
import type { FinishedEvent, PreviewEvent, SettledEvent } from './search-outcome.ts';
import { SearchOutcome } from './search-outcome.ts';
import type { SearchSettings } from './search-settings.ts';
import { endOf } from './search-settings.ts';
import { TopContinuations } from './top-continuations.ts';

/** How the survivors of a round are chosen, by summed log-probability. */
export type SurvivorPolicy = 'greedy' | 'beam' | 'sampling';

/** A length penalty of 0 returns the argmax of the sum, 1 that of the mean. */
export interface CandidateSetSettings extends SearchSettings {
  /** Continuations in the set; 1 to 16. */
  readonly candidates: number;
  /** Extensions of each candidate in a round; 1 to 16. */
  readonly alternatives: number;
  /** Tokens of an extension; 1 to 32. */
  readonly tokensPerRound: number;
  readonly policy: SurvivorPolicy;
  /** What `sampling` draws with. */
  readonly noise: Noise;
}

export interface CandidatesEvent {
  readonly type: 'candidates';
  /** From 0. */
  readonly round: number;
  readonly candidates: readonly CandidateNode[];
}

/** An extension of a candidate in one round. */
export interface CandidateNode {
  /** Index in the set after the last round (see `place`); 0 in the first round, for the prompt. */
  readonly parent: number;
  /** The tokens of this round; none if the candidate had ended before. */
  readonly tokens: readonly ScoredToken[];
  /** Sum over the whole candidate, after adjustments. */
  readonly logProbabilitySum: number;
  /** The sum, normalised by the length so far. */
  readonly score: number;
  readonly end: HypothesisEnd | undefined;
  /** Index in the set after this round; -1 if it didn't survive. */
  readonly place: number;
}

export type CandidateSetEvent = CandidatesEvent | SettledEvent | PreviewEvent | FinishedEvent;

/** A continuation in a candidate set, or an extension that may enter it. */
interface Candidate {
  readonly hypothesis: Hypothesis;
  /** Undefined while it can be extended. */
  readonly end: HypothesisEnd | undefined;
  /** Index of the candidate that it extends in the set before; its own index if it had ended before. */
  readonly parent: number;
  /** Identifies it within its round, for the noise that it is drawn by. */
  readonly noiseKey: number;
  /** Its leaf in the last forward; its parent's leaf until its own last token is read. */
  readonly leaf: number;
}

/**
 * Candidate-set decoding: maintains a set of continuations. In each round every candidate is extended in several
 * ways: by each of its most likely next tokens, and then greedily up to `tokensPerRound` tokens. A policy selects
 * the survivors by summed log-probability. A candidate that has ended stays unchanged and competes. Once all in
 * the set have ended, the result is the one with the highest sum (or, with a length penalty, normalised sum) among
 * all that ended in it.
 *
 * One candidate with one alternative and the greedy or the beam policy give the text of greedy decoding.
 */
export async function* candidateSet(
  sequence: BranchingSequence,
  prompt: readonly TokenId[],
  settings: CandidateSetSettings,
): AsyncGenerator<CandidateSetEvent, void> {
  const { lengthPenalty, tokensPerRound } = settings;
  const start = emptyHypothesis();
  const outcome = new SearchOutcome(start, lengthPenalty);
  const finished = new FinishedHypotheses(Math.max(settings.best, settings.candidates), lengthPenalty);
  const scores = new LeafScores(prompt, settings);
  let set: readonly Candidate[] = [{ hypothesis: start, end: undefined, parent: 0, noiseKey: 0, leaf: 0 }];

  scores.read(await sequence.forward(align(sequence, prompt)));
  const branches = sequence.branch();
  try {
    for (let round = 0; set.some(({ end }) => !end); round++) {
      const lengths = set.map(({ hypothesis }) => hypothesis.length);
      let extensions = firstTokens(set, scores, settings);
      for (let count = 1; count < tokensPerRound && extensions.some(({ end }) => !end); count++) {
        extensions = await readLast(extensions, branches, scores);
        extensions = nextTokens(extensions, scores, settings);
      }
      const before = set;
      set = survivors(extensions, settings, round);
      yield {
        type: 'candidates',
        round,
        candidates: extensions.map((each) =>
          nodeOf(each, lengths[each.parent]!, set.indexOf(each), lengthPenalty),
        ),
      };
      for (const { hypothesis, end, parent } of set) {
        if (end && !before[parent]!.end && hypothesis.length > 0) finished.add(hypothesis, end);
      }
      if (set.every(({ end }) => end)) break;
      yield* outcome.progress(
        set.map(({ hypothesis }) => hypothesis),
        finished.best,
      );
      set = await readLast(set, branches, scores);
    }
    yield* outcome.end(finished.best, settings.best);
  } finally {
    branches.close();
  }
}

/** The alternatives of every candidate that can be extended, and the ended ones unchanged. */
function firstTokens(
  set: readonly Candidate[],
  scores: LeafScores,
  settings: CandidateSetSettings,
): readonly Candidate[] {
  // A set that isn't full yet, as in the first round, is filled from fewer parents.
  const count = Math.max(settings.alternatives, Math.ceil(settings.candidates / set.length));
  return set.flatMap((candidate, parent) => {
    const first = { ...candidate, parent, noiseKey: parent * scores.vocabularySize };
    if (candidate.end) return [first];
    return mostLikelyExtensions(first, count, scores, settings).map((extension) => ({
      ...extension,
      // The first candidate's noise is that of `choose` at the same position.
      noiseKey: first.noiseKey + (extension.hypothesis.last?.token ?? 0),
    }));
  });
}

/** Extends each candidate that can be extended by its most likely token. */
function nextTokens(
  extensions: readonly Candidate[],
  scores: LeafScores,
  settings: CandidateSetSettings,
): readonly Candidate[] {
  return extensions.flatMap((candidate) =>
    candidate.end ? [candidate] : mostLikelyExtensions(candidate, 1, scores, settings),
  );
}

function mostLikelyExtensions(
  candidate: Candidate,
  count: number,
  scores: LeafScores,
  settings: CandidateSetSettings,
): readonly Candidate[] {
  const top = new TopContinuations(count);
  scores.offer(top, candidate.leaf, candidate.hypothesis);
  if (top.best.length === 0) return [{ ...candidate, end: 'no-continuation' }];
  return top.best.map(({ leaf, token, sum }) => {
    const hypothesis = extended(candidate.hypothesis, scores.scored(leaf, token), sum);
    return { ...candidate, hypothesis, end: endOf(hypothesis, settings) };
  });
}

/** Reads the last token of every candidate that can be extended, all in one forward. */
async function readLast(
  candidates: readonly Candidate[],
  branches: Branches,
  scores: LeafScores,
): Promise<readonly Candidate[]> {
  const live = candidates.filter(({ end }) => !end);
  const rows = await branches.advance(
    live.map(({ leaf }) => leaf),
    live.map(({ hypothesis }) => hypothesis.last!.token),
  );
  scores.read(rows);
  let leaf = 0;
  return candidates.map((candidate) => (candidate.end ? candidate : { ...candidate, leaf: leaf++ }));
}

const byDescendingSum = (one: Candidate, other: Candidate) => other.hypothesis.sum - one.hypothesis.sum;

/**
 * The candidates that stay in the set after a round, most likely first.
 * `beam`: the most likely of all, whatever they extend.
 * `greedy`: the most likely extension of each parent, so that the candidates stay diverse; free places, as in the
 * first round, go to the most likely of the rest.
 * `sampling`: drawn without replacement, with probabilities in proportion to those of the texts (Gumbel top-k).
 * @param round from 0; keys the noise
 */
function survivors(
  extensions: readonly Candidate[],
  { candidates, policy, noise }: CandidateSetSettings,
  round: number,
): readonly Candidate[] {
  const ranked = [...extensions].sort(byDescendingSum);
  switch (policy) {
    case 'beam':
      return ranked.slice(0, candidates);
    case 'greedy': {
      const parents = new Set<number>();
      const first = ranked.filter(({ parent }) => !parents.has(parent) && parents.add(parent));
      const rest = ranked.filter((candidate) => !first.includes(candidate));
      return [...first, ...rest].slice(0, candidates).sort(byDescendingSum);
    }
    case 'sampling': {
      const keyed = extensions.map((candidate) => {
        const uniform = noise(round, candidate.noiseKey);
        return { candidate, key: candidate.hypothesis.sum - Math.log(-Math.log(uniform)) };
      });
      const drawn = keyed.sort((one, other) => other.key - one.key).slice(0, candidates);
      return drawn.map(({ candidate }) => candidate).sort(byDescendingSum);
    }
  }
}

function nodeOf(
  { hypothesis, end, parent }: Candidate,
  before: number,
  place: number,
  lengthPenalty: number,
): CandidateNode {
  const { sum, length } = hypothesis;
  const score = lengthNormalised(sum, length, lengthPenalty);
  return { parent, tokens: tokensAfter(hypothesis, before), logProbabilitySum: sum, score, end, place };
}
