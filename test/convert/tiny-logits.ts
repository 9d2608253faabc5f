import type { Tensor } from '../native/operator-session.ts';
import { OperatorSession } from '../native/operator-session.ts';
import { tinySizes } from '../fakes/tiny-llama.ts';

const tokens = [72, 101, 108, 108, 111, 44, 32, 119, 111, 114, 108, 100, 33, 256, 0, 255];
/** Number of tokens that the tiny model reads here. */
export const tokenCount = tokens.length;
const vocabulary = 257;
const slots = 32;

const int64 = (values: readonly number[]) => BigInt64Array.from(values, BigInt);
const places = tokens.map((_, index) => index);

/** Logits of the tiny model after each token, of a graph with native operators, in forwards of `width` tokens. */
export function nativeLogits(graph: string, width: number): Float32Array {
  const session = new OperatorSession(graph);
  const { layers, keyValueHeads, headSize } = tinySizes;
  const caches: Record<string, Tensor> = {};
  for (let layer = 0; layer < layers; layer++) {
    const data = () => new Uint16Array(keyValueHeads * slots * headSize);
    caches[`${layer}.key`] = { data: data(), shape: [keyValueHeads, slots / 16, headSize, 16] };
    caches[`${layer}.value`] = { data: data(), shape: [keyValueHeads, slots, headSize] };
  }
  const named = (prefix: string) =>
    Object.fromEntries(Object.entries(caches).map(([name, cache]) => [`${prefix}.${name}`, cache]));
  const logits = new Float32Array(tokens.length * vocabulary);
  for (let start = 0; start < tokens.length; start += width) {
    const row = Int32Array.from(places.slice(start, start + width));
    const count = row.length;
    const part = new Float32Array(count * vocabulary);
    session.run(
      {
        input_ids: { data: int64(tokens.slice(start, start + width)), shape: [1, count] },
        rows: { data: int64(places.slice(0, count)), shape: [count] },
        slots: { data: row, shape: [count] },
        prefix_lengths: { data: row.map((place) => place + 1), shape: [count] },
        paths: { data: new Int32Array(0), shape: [count, 0] },
        positions: { data: row, shape: [count] },
        ...named('past'),
      },
      {
        logits: { data: part, shape: [1, count, vocabulary] },
        hidden: { data: new Float32Array(count * tinySizes.hidden), shape: [1, count, tinySizes.hidden] },
        ...named('present'),
      },
    );
    logits.set(part, start * vocabulary);
  }
  session.release();
  return logits;
}

/** Logits of the tiny model after each token, of a standard graph. */
export function standardLogits(graph: string): Float32Array {
  const session = new OperatorSession(graph);
  const { layers, keyValueHeads, headSize } = tinySizes;
  const count = tokens.length;
  const shape = [1, keyValueHeads, count, headSize];
  const past: Record<string, Tensor> = {};
  const present: Record<string, Tensor> = {};
  for (let layer = 0; layer < layers; layer++) {
    for (const part of ['key', 'value']) {
      const cache = { data: new Float32Array(keyValueHeads * count * headSize), shape };
      past[`past.${layer}.${part}`] = cache;
      present[`present.${layer}.${part}`] = cache;
    }
  }
  const bias = Float32Array.from({ length: count * count }, (_, at) =>
    at % count > Math.floor(at / count) ? -1e9 : 0,
  );
  const logits = new Float32Array(count * vocabulary);
  session.run(
    {
      input_ids: { data: int64(tokens), shape: [1, count] },
      rows: { data: int64(places), shape: [count] },
      position_ids: { data: int64(places), shape: [1, count] },
      attention_bias: { data: bias, shape: [1, 1, count, count] },
      seqlens_k: { data: Int32Array.of(count - 1), shape: [1] },
      total_sequence_length: { data: Int32Array.of(count), shape: [1] },
      ...past,
    },
    {
      logits: { data: logits, shape: [1, count, vocabulary] },
      hidden: { data: new Float32Array(count * tinySizes.hidden), shape: [1, count, tinySizes.hidden] },
      ...present,
    },
  );
  session.release();
  return logits;
}

/** Root of the mean squared difference, in units of the logits' own. */
export function difference(found: Float32Array, expected: Float32Array): number {
  const squares = (values: Float32Array) => values.reduce((sum, value) => sum + value * value, 0);
  return Math.sqrt(squares(found.map((value, index) => value - expected[index]!)) / squares(expected));
}
