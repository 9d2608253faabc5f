import type { BranchingSequence } from '../branches.ts';
import type { TokenId } from '../model.ts';
import { align } from '../model.ts';
import type { CandidateNode, CandidateSetEvent } from './beam-events.ts';
import type { Candidate } from './candidate.ts';
import type { CandidateSetSettings } from './candidate-set-settings.ts';
import { FinishedHypotheses } from './finished-hypotheses.ts';
import { firstTokens, nextTokens, readLast } from './extend-candidates.ts';
import { emptyHypothesis, tokensBehind } from './hypothesis.ts';
import { lengthNormalised } from './length-penalty.ts';
import { LeafScores } from './leaf-scores.ts';
import { SearchOutcome } from './search-outcome.ts';
import { survivors } from './survivors.ts';

/**
 * Candidate-set decoding: a set of continuations is kept, and in each round every candidate is extended in
 * several ways: by each of its likeliest next tokens, and behind that by the likeliest tokens up to
 * `tokensPerRound`. A policy picks the survivors by summed log-probability. A candidate that has ended stays as
 * it is, and competes. Once all in the set have ended, the result is the one with the highest sum (or, with a
 * length penalty, normalised sum) of all that ended in it.
 *
 * One candidate with one alternative and the greedy or the beam policy give the text of greedy decoding.
 */
export async function* candidateSet(
  sequence: BranchingSequence,
  prompt: readonly TokenId[],
  settings: CandidateSetSettings,
): AsyncGenerator<CandidateSetEvent, void> {
  const start = emptyHypothesis();
  const outcome = new SearchOutcome(start, settings.lengthPenalty);
  const finished = new FinishedHypotheses(
    Math.max(settings.best, settings.candidates),
    settings.lengthPenalty,
  );
  const scores = new LeafScores(prompt, settings);
  let set: readonly Candidate[] = [{ hypothesis: start, end: undefined, parent: 0, noiseKey: 0, leaf: 0 }];

  scores.read(await sequence.forward(align(sequence, prompt)));
  const branches = sequence.branch();
  try {
    for (let round = 0; set.some(({ end }) => !end); round++) {
      const lengths = set.map(({ hypothesis }) => hypothesis.length);
      let extensions = firstTokens(set, scores, settings);
      for (let count = 1; count < settings.tokensPerRound && extensions.some(({ end }) => !end); count++) {
        extensions = await readLast(extensions, branches, scores);
        extensions = nextTokens(extensions, scores, settings);
      }
      const before = set;
      set = survivors(extensions, settings, round);
      yield {
        type: 'candidates',
        round,
        candidates: extensions.map((each) =>
          nodeOf(each, lengths[each.parent]!, set.indexOf(each), settings.lengthPenalty),
        ),
      };
      for (const { hypothesis, end, parent } of set) {
        if (end && !before[parent]!.end && hypothesis.length > 0) finished.add(hypothesis, end);
      }
      if (set.every(({ end }) => end)) break;
      yield* outcome.progress(
        set.map(({ hypothesis }) => hypothesis),
        finished.kept,
      );
      set = await readLast(set, branches, scores);
    }
    yield* outcome.end(finished.kept, settings.best);
  } finally {
    branches.close();
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
  return { parent, tokens: tokensBehind(hypothesis, before), logProbabilitySum: sum, score, end, place };
}
