import { onnxApi } from './onnx-api.ts';
import type { OnnxRun } from './onnx-session.ts';
import { createTensor, float32Array } from './onnx-tensor.ts';

export interface CacheShape {
  readonly layers: number;
  readonly heads: number;
  readonly headSize: number;
}

/**
 * Keys and values of every layer, each [1, heads, capacity, headSize], read and written in place:
 * a graph's `past` and `present` are bound to the same memory. Contents are copied only when it grows.
 */
export class KeyValueCache {
  readonly #run: OnnxRun;
  readonly #shape: CacheShape;
  readonly #maxSlots: number;
  #buffers: Float32Array[];
  #capacity = 0;

  /** @param maxSlots upper limit for `reserve` */
  constructor(run: OnnxRun, shape: CacheShape, maxSlots: number) {
    this.#run = run;
    this.#shape = shape;
    this.#maxSlots = maxSlots;
    this.#buffers = Array.from({ length: 2 * shape.layers }, () => float32Array(0));
  }

  /** Allocated slots. */
  get capacity(): number {
    return this.#capacity;
  }

  /** Makes room for `slots`, by doubling; the contents of the first `used` slots are preserved. */
  reserve(slots: number, used: number): void {
    if (slots <= this.#capacity) return;
    let capacity = Math.max(256, this.#capacity);
    while (capacity < slots) capacity *= 2;
    this.#resize(Math.min(capacity, this.#maxSlots), used);
  }

  #resize(capacity: number, used: number): void {
    const { heads, headSize } = this.#shape;
    this.#buffers = this.#buffers.map((old, index) => {
      const grown = float32Array(heads * capacity * headSize);
      for (let head = 0; head < heads; head++) {
        const from = head * this.#capacity * headSize;
        grown.set(old.subarray(from, from + used * headSize), head * capacity * headSize);
      }
      this.#bind(index, grown, capacity);
      return grown;
    });
    this.#capacity = capacity;
  }

  /**
   * Copies slot `from[i]` to slot `to + i`, in every layer.
   * @param from ascending, none below `to`, so that no slot is overwritten before it is copied
   */
  gather(from: readonly number[], to: number): void {
    const { heads, headSize } = this.#shape;
    const moves = movesOf(from, to);
    for (const buffer of this.#buffers) {
      for (let head = 0; head < heads; head++) {
        const start = head * this.#capacity;
        for (const { slot, target, count } of moves) {
          const place = (start + slot) * headSize;
          buffer.copyWithin((start + target) * headSize, place, place + count * headSize);
        }
      }
    }
  }

  #bind(index: number, buffer: Float32Array, capacity: number): void {
    const { heads, headSize } = this.#shape;
    const name = `${index >> 1}.${index % 2 === 0 ? 'key' : 'value'}`;
    const tensor = createTensor(buffer, [1, heads, capacity, headSize]);
    this.#run.bindInput(`past.${name}`, tensor);
    this.#run.bindOutput(`present.${name}`, tensor);
    // The binding owns the tensor from here on; this object keeps the buffer referenced.
    onnxApi().release('ReleaseValue', tensor);
  }

  /** A copy of the first `used` slots of one layer, [heads, used, headSize]; for tests. */
  copy(layer: number, part: 'key' | 'value', used: number): Float32Array {
    const { heads, headSize } = this.#shape;
    const buffer = this.#buffers[2 * layer + (part === 'key' ? 0 : 1)]!;
    const copy = new Float32Array(heads * used * headSize);
    for (let head = 0; head < heads; head++) {
      const from = head * this.#capacity * headSize;
      copy.set(buffer.subarray(from, from + used * headSize), head * used * headSize);
    }
    return copy;
  }
}

/** `count` consecutive slots that are copied together. */
interface Move {
  readonly slot: number;
  readonly target: number;
  readonly count: number;
}

/** Merges slots that are consecutive at both places, and omits those that are already in place. */
function movesOf(from: readonly number[], to: number): Move[] {
  const moves: Move[] = [];
  for (let index = 0, count = 1; index < from.length; index += count, count = 1) {
    const slot = from[index]!;
    while (from[index + count] === slot + count) count++;
    if (slot !== to + index) moves.push({ slot, target: to + index, count });
  }
  return moves;
}
