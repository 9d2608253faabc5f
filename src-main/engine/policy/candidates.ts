import type { Distribution } from '../distribution.ts';
import { fastExp } from '../fast-exp.ts';

/** The tokens not yet ruled out, with their scores (processed logits). */
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
    const weight = fastExp(scores[index]! - largest);
    probabilities[index] = weight;
    sum += weight;
  }
  const share = 1 / sum;
  for (let index = 0; index < probabilities.length; index++) probabilities[index]! *= share;
  return { tokens, probabilities };
}

/** The entries of `distribution` at `indices`, in that order, with probabilities scaled to sum to 1. */
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

/**
 * The tokens with a probability of at least `floor`, in their order; if there are none, the most likely ones.
 * @param floor 0 to 1
 */
export function atLeast(distribution: Distribution, floor: number): Distribution {
  const { probabilities } = distribution;
  const reachable = Math.min(floor, largestOf(probabilities));
  const kept = new Int32Array(probabilities.length);
  let size = 0;
  for (let index = 0; index < probabilities.length; index++) {
    if (probabilities[index]! >= reachable) kept[size++] = index;
  }
  return size === kept.length ? distribution : renormalised(distribution, kept.subarray(0, size));
}

export function largestOf(probabilities: Float64Array): number {
  let largest = 0;
  for (let index = 0; index < probabilities.length; index++) {
    if (probabilities[index]! > largest) largest = probabilities[index]!;
  }
  return largest;
}

/** Shannon entropy in nats: 0 if one token is certain, ln(n) for n equally likely tokens. */
export function entropyOf({ probabilities }: Distribution): number {
  let entropy = 0;
  for (let index = 0; index < probabilities.length; index++) {
    const probability = probabilities[index]!;
    if (probability > 0) entropy -= probability * Math.log(probability);
  }
  return entropy;
}
