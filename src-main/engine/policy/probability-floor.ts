import type { Distribution } from '../distribution.ts';
import { renormalised } from './candidates.ts';

/**
 * The tokens with a probability of at least `floor`, in their order; where none has it, the likeliest ones.
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

/** The largest of `probabilities`. */
export function largestOf(probabilities: Float64Array): number {
  let largest = 0;
  for (let index = 0; index < probabilities.length; index++) {
    if (probabilities[index]! > largest) largest = probabilities[index]!;
  }
  return largest;
}
