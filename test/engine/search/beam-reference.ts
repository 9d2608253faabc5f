import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import type { BranchingSequence, TokenId } from '../../../src-main/engine/model.ts';
import { banRepeatedNgrams } from '../../../src-main/engine/policy/adjustments.ts';
import type { EarlyStopping } from '../../../src-main/engine/search/beam.ts';
import { beam } from '../../../src-main/engine/search/beam.ts';
import { lengthNormalised } from '../../../src-main/engine/search/hypothesis.ts';
import type { FinishedHypothesis } from '../../../src-main/engine/search/search-outcome.ts';

/** One beam search of transformers; see test/reference/README.md. */
export interface ReferenceSearch {
  readonly width: number;
  readonly lengthPenalty: number;
  readonly earlyStopping: EarlyStopping;
  readonly minimumTokens: number;
  /** Length of the n-grams that may not repeat; 0: all may. */
  readonly noRepeat: number;
  readonly endTokens: readonly TokenId[];
  /** Margin of its closest decision, in log-probability. */
  readonly margin: number;
  /** As many as the width, best first. */
  readonly hypotheses: readonly {
    readonly ids: readonly TokenId[];
    readonly score: number;
    /** After adjustments; none of them changes that of an allowed token. */
    readonly logProbabilities: readonly number[];
    /** The sum of the same logits, normalised and summed in float64; the score's is in float32. */
    readonly exactSum: number;
  }[];
}

export interface BeamReference {
  readonly maximumTokens: number;
  readonly prompts: readonly {
    readonly promptIds: readonly TokenId[];
    readonly searches: readonly ReferenceSearch[];
  }[];
}

export function readBeamReference(): BeamReference {
  const file = path.join(import.meta.dirname, '../../reference/beam.json.gz');
  return JSON.parse(zlib.gunzipSync(fs.readFileSync(file)).toString('utf8')) as BeamReference;
}

/**
 * How much too high the reference's log-probabilities are at most, on average over a text (1.7e-5 was seen): its float32 log-softmax loses the smallest of
 * 49,152 exponentials, always to the same side (see test/reference/README.md). A score is the sum of as many as there
 * are tokens, over a power of their number: a length penalty of -1 makes 24 · 24 times as much of it.
 */
export const referenceShift = 2e-5;

/** How far a search is from the reference's. */
export interface BeamDifference {
  /** Ranks whose tokens are not the same. */
  readonly otherRanks: readonly number[];
  /** The largest of the ranks that have the same tokens; NaN where there is none. */
  readonly score: number;
  /** From the score that the exact sum has. */
  readonly exactScore: number;
  readonly logProbability: number;
}

/**
 * Runs a search of the reference by the engine's own.
 * @param sequence of the same float32 model; it is aligned to the prompt
 */
export async function searchLike(
  sequence: BranchingSequence,
  promptIds: readonly TokenId[],
  search: ReferenceSearch,
  maximumTokens: number,
): Promise<readonly FinishedHypothesis[]> {
  const { width, lengthPenalty, earlyStopping, minimumTokens, noRepeat } = search;
  const settings = {
    ...{ width, groups: 1, diversityPenalty: 0, lengthPenalty, earlyStopping, best: width },
    ...{ minimumTokens, maximumTokens, endTokens: new Set(search.endTokens) },
  };
  const adjust = (scores: Float32Array, context: readonly TokenId[]) =>
    banRepeatedNgrams(scores, context, noRepeat);
  for await (const event of beam(sequence, promptIds, noRepeat > 0 ? { ...settings, adjust } : settings)) {
    if (event.type === 'finished') return event.hypotheses;
  }
  throw new Error('the search did not finish');
}

export function differenceOf(
  found: readonly FinishedHypothesis[],
  { hypotheses, lengthPenalty }: ReferenceSearch,
): BeamDifference {
  const scores: number[] = [];
  const exactScores: number[] = [];
  const logProbabilities: number[] = [];
  const otherRanks: number[] = [];
  for (const [rank, expected] of hypotheses.entries()) {
    const { tokens, score } = found[rank] ?? { tokens: [], score: NaN };
    if (tokens.map(({ token }) => token).join() !== expected.ids.join()) {
      otherRanks.push(rank);
      continue;
    }
    scores.push(Math.abs(score - expected.score));
    exactScores.push(Math.abs(score - lengthNormalised(expected.exactSum, tokens.length, lengthPenalty)));
    tokens.forEach(({ logProbability }, index) =>
      logProbabilities.push(Math.abs(logProbability - expected.logProbabilities[index]!)),
    );
  }
  const largest = (values: readonly number[]) => (values.length > 0 ? Math.max(...values) : NaN);
  return {
    otherRanks,
    score: largest(scores),
    exactScore: largest(exactScores),
    logProbability: largest(logProbabilities),
  };
}

/** The difference of the engine's search from the reference's. */
export async function compareWithReference(
  sequence: BranchingSequence,
  promptIds: readonly TokenId[],
  search: ReferenceSearch,
  maximumTokens: number,
): Promise<BeamDifference> {
  return differenceOf(await searchLike(sequence, promptIds, search, maximumTokens), search);
}
