import type { Branches } from '../branches.ts';
import type { Candidate } from './candidate.ts';
import type { CandidateSetSettings } from './candidate-set-settings.ts';
import { extended } from './hypothesis.ts';
import type { LeafScores } from './leaf-scores.ts';
import { endOf } from './search-settings.ts';
import { TopContinuations } from './top-continuations.ts';

/** The alternatives of every candidate that can be extended, and the others as they are. */
export function firstTokens(
  set: readonly Candidate[],
  scores: LeafScores,
  settings: CandidateSetSettings,
): readonly Candidate[] {
  // A set that isn't full yet, as in the first round, is filled from fewer parents.
  const count = Math.max(settings.alternatives, Math.ceil(settings.candidates / set.length));
  return set.flatMap((candidate, parent) => {
    const first = { ...candidate, parent, noiseKey: parent * scores.vocabularySize };
    if (candidate.end) return [first];
    return likeliest(first, count, scores, settings).map((extension) => ({
      ...extension,
      // The first candidate's noise is that of `choose` at the same position.
      noiseKey: first.noiseKey + (extension.hypothesis.last?.token ?? 0),
    }));
  });
}

/** Each candidate that can be extended with its likeliest token. */
export function nextTokens(
  extensions: readonly Candidate[],
  scores: LeafScores,
  settings: CandidateSetSettings,
): readonly Candidate[] {
  return extensions.flatMap((candidate) =>
    candidate.end ? [candidate] : likeliest(candidate, 1, scores, settings),
  );
}

/** Reads the last token of every candidate that can be extended, all in one forward. */
export async function readLast(
  candidates: readonly Candidate[],
  branches: Branches,
  scores: LeafScores,
): Promise<readonly Candidate[]> {
  const going = candidates.filter(({ end }) => !end);
  const rows = await branches.advance(
    going.map(({ leaf }) => leaf),
    going.map(({ hypothesis }) => hypothesis.last!.token),
  );
  scores.read(rows);
  let leaf = 0;
  return candidates.map((candidate) => (candidate.end ? candidate : { ...candidate, leaf: leaf++ }));
}

function likeliest(
  candidate: Candidate,
  count: number,
  scores: LeafScores,
  settings: CandidateSetSettings,
): readonly Candidate[] {
  const top = new TopContinuations(count);
  scores.offer(top, candidate.leaf, candidate.hypothesis);
  if (top.kept.length === 0) return [{ ...candidate, end: 'no-continuation' }];
  return top.kept.map(({ leaf, token, sum }) => {
    const hypothesis = extended(candidate.hypothesis, scores.scored(leaf, token), sum);
    return { ...candidate, hypothesis, end: endOf(hypothesis, settings) };
  });
}
