import type { AttentionCase, Row } from './attention-case.ts';

const epsilon = 1e-6;

/**
 * Attention in float64, without a cache in slots: what the rows' outputs should be. Keys and values are as the
 * cache holds them, float16 included, so that only the arithmetic of a kernel is measured.
 */
export function referenceAttention(
  instance: AttentionCase,
  cache: { readonly keys: Float32Array | Uint16Array; readonly values: Float32Array | Uint16Array },
  rows: readonly Row[],
): Float64Array[] {
  const { heads, keyHeads, headSize, window = 0, softCap = 0 } = instance.shape;
  return rows.map(({ token, prefix, path = [], position }) => {
    const slots = [...Array.from({ length: prefix }, (_, slot) => slot), ...path];
    const seen = window > 0 ? slots.slice(-window) : slots;
    const output = new Float64Array(heads * headSize);
    for (let head = 0; head < heads; head++) {
      const keyHead = Math.floor((head * keyHeads) / heads);
      const query = rotated(instance, token, head, position);
      const scores = seen.map((slot) => {
        let dot = 0;
        for (let d = 0; d < headSize; d++) {
          dot += query[d]! * instance.read(cache.keys, instance.keyIndex(keyHead, slot, d));
        }
        const score = dot / Math.sqrt(headSize);
        return softCap > 0 ? softCap * Math.tanh(score / softCap) : score;
      });
      const largest = Math.max(...scores);
      const weights = scores.map((score) => Math.exp(score - largest));
      const sum = weights.reduce((total, weight) => total + weight, 0);
      seen.forEach((slot, index) => {
        for (let d = 0; d < headSize; d++) {
          const value = instance.read(cache.values, instance.valueIndex(keyHead, slot, d));
          output[head * headSize + d]! += (weights[index]! / sum) * value;
        }
      });
    }
    return output;
  });
}

/** Head number `head` of a token's queries or, after them, keys, after its norm and rotary embedding (halves paired). */
export function rotated(
  instance: AttentionCase,
  token: number,
  head: number,
  position: number,
): Float64Array {
  const { heads, headSize, norms } = instance.shape;
  const half = headSize / 2;
  const start = token * instance.width + head * headSize;
  let input = Float64Array.from(instance.tokens.subarray(start, start + headSize));
  if (norms) {
    const mean = input.reduce((total, value) => total + value * value, 0) / headSize;
    const weights = head < heads ? instance.norms.query : instance.norms.key;
    input = input.map((value, d) => (value / Math.sqrt(mean + epsilon)) * weights[d]!);
  }
  const output = new Float64Array(headSize);
  for (let d = 0; d < half; d++) {
    const cos = instance.tables.cos[position * half + d]!;
    const sin = instance.tables.sin[position * half + d]!;
    output[d] = input[d]! * cos - input[d + half]! * sin;
    output[d + half] = input[d + half]! * cos + input[d]! * sin;
  }
  return output;
}

/** The root mean square error of the rows, as a share of the root mean square of the exact ones. */
export function relativeError(rows: readonly ArrayLike<number>[], exact: readonly Float64Array[]): number {
  let error = 0;
  let size = 0;
  exact.forEach((row, index) => {
    row.forEach((value, at) => {
      error += (rows[index]![at]! - value) ** 2;
      size += value ** 2;
    });
  });
  return Math.sqrt(error / size);
}
