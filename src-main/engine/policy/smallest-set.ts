import type { Distribution } from '../distribution.ts';

/**
 * The fewest entries whose probabilities sum to at least `mass`, taken by ascending `keys` and at least one; ties go to
 * the lowest token. Quickselect, so the time is proportional to the number of entries.
 * @param indices entries that may be taken, in ascending order; reordered
 * @param keys parallel to the distribution
 * @returns their indices in ascending order
 */
export function smallestSet(
  { tokens, probabilities }: Distribution,
  indices: Int32Array,
  keys: Float64Array,
  mass: number,
): Int32Array {
  const before = (a: number, b: number) =>
    keys[a]! < keys[b]! || (keys[a] === keys[b] && tokens[a]! < tokens[b]!);
  const swap = (a: number, b: number) => {
    const held = indices[a]!;
    indices[a] = indices[b]!;
    indices[b] = held;
  };
  let missing = mass;
  // Entries before `from` are taken, entries from `to` on are not.
  let from = 0;
  let to = indices.length;
  while (from < to && missing > 0) {
    swap((from + to) >> 1, to - 1);
    const pivot = indices[to - 1]!;
    let place = from;
    let sum = 0;
    for (let candidate = from; candidate < to - 1; candidate++) {
      const index = indices[candidate]!;
      if (!before(index, pivot)) continue;
      sum += probabilities[index]!;
      swap(candidate, place++);
    }
    swap(place, to - 1);
    if (sum >= missing) to = place;
    else {
      missing -= sum + probabilities[pivot]!;
      from = place + 1;
    }
  }
  return indices.subarray(0, Math.max(from, 1)).sort();
}
