import type { Distribution } from '../distribution.ts';
import { exponential } from '../exponential.ts';

/** Tokens that are still in play, with their scores (logits after processing). */
export interface Candidates {
  readonly tokens: Int32Array;
  readonly scores: Float32Array;
}

/** The softmax of the candidates' scores, of which at least one is finite. */
export function softmax({ tokens, scores }: Candidates): Distribution {
  let largest = -Infinity;
  for (let index = 0; index < scores.length; index++) if (scores[index]! > largest) largest = scores[index]!;
  const probabilities = new Float64Array(scores.length);
  let sum = 0;
  for (let index = 0; index < scores.length; index++) {
    const weight = exponential(scores[index]! - largest);
    probabilities[index] = weight;
    sum += weight;
  }
  const share = 1 / sum;
  for (let index = 0; index < probabilities.length; index++) probabilities[index]! *= share;
  return { tokens, probabilities };
}

/** The entries of `distribution` at `indices`, in that order, with their probabilities made to sum to 1. */
export function renormalised(distribution: Distribution, indices: Int32Array): Distribution {
  const tokens = new Int32Array(indices.length);
  const probabilities = new Float64Array(indices.length);
  let sum = 0;
  for (let rank = 0; rank < indices.length; rank++) sum += distribution.probabilities[indices[rank]!]!;
  for (let rank = 0; rank < indices.length; rank++) {
    tokens[rank] = distribution.tokens[indices[rank]!]!;
    probabilities[rank] = distribution.probabilities[indices[rank]!]! / sum;
  }
  return { tokens, probabilities };
}
