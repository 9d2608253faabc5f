import type { CacheArray, CacheLayout, SlotLayout } from './cache-layout.ts';
import { slotsPerGroup } from './cache-layout.ts';
import { onnxApi } from './onnx-api.ts';
import type { OnnxRun } from './onnx-session.ts';
import { createTensor } from './onnx-tensor.ts';

export interface CacheShape {
  readonly layers: number;
  readonly heads: number;
  readonly headSize: number;
}

/** Names of a layer's tensors. */
type Part = 'key' | 'value';
const parts: readonly Part[] = ['key', 'value'];

interface Buffer {
  /** As in `past.0.key`. */
  readonly name: string;
  readonly layout: SlotLayout;
  array: CacheArray;
}

/**
 * Keys and values of every layer, read and written in place: a graph's `past` and `present` are bound to the same
 * memory. Contents are copied only when it grows.
 */
export class KeyValueCache {
  readonly #run: OnnxRun;
  readonly #shape: CacheShape;
  readonly #createArray: CacheLayout['createArray'];
  readonly #maxSlots: number;
  readonly #buffers: readonly Buffer[];
  #capacity = 0;

  /** @param maxSlots upper limit for `reserve` */
  constructor(run: OnnxRun, shape: CacheShape, layout: CacheLayout, maxSlots: number) {
    this.#run = run;
    this.#shape = shape;
    this.#createArray = layout.createArray;
    this.#maxSlots = wholeGroups(maxSlots);
    this.#buffers = Array.from({ length: shape.layers }, (_, layer) =>
      parts.map((part) => ({
        name: `${layer}.${part}`,
        layout: layout[part],
        array: layout.createArray(0),
      })),
    ).flat();
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
    for (const buffer of this.#buffers) {
      const grown = this.#createArray(heads * capacity * headSize);
      for (let head = 0; head < heads; head++) {
        const from = head * this.#capacity * headSize;
        const kept = buffer.array.subarray(from, from + wholeGroups(used) * headSize);
        grown.set(kept, head * capacity * headSize);
      }
      buffer.array = grown;
      this.#bind(buffer, capacity);
    }
    this.#capacity = capacity;
  }

  #bind({ name, layout, array }: Buffer, capacity: number): void {
    const { heads, headSize } = this.#shape;
    const tensor = createTensor(array, layout.shape(heads, capacity, headSize));
    this.#run.bindInput(`past.${name}`, tensor);
    this.#run.bindOutput(`present.${name}`, tensor);
    // The binding owns the tensor from here on; this object keeps the buffer referenced.
    onnxApi().release('ReleaseValue', tensor);
  }

  /**
   * Copies slot `from[i]` to slot `to + i`, in every layer.
   * @param from ascending, none below `to`, so that no slot is overwritten before it is copied
   */
  gather(from: readonly number[], to: number): void {
    const moves = movesOf(from, to);
    for (const { array, layout } of this.#buffers) {
      for (let head = 0; head < this.#shape.heads; head++) {
        const elements = this.#head(array, head);
        for (const { slot, target, count } of moves) {
          layout.move(elements, slot, target, count, this.#shape.headSize);
        }
      }
    }
  }

  /** The elements of one head. */
  #head(array: CacheArray, head: number): CacheArray {
    const size = this.#capacity * this.#shape.headSize;
    return array.subarray(head * size, (head + 1) * size);
  }

  /** A copy of the first `used` slots of one layer, [heads, used, headSize]; for tests. */
  copy(layer: number, part: Part, used: number): CacheArray {
    const { heads, headSize } = this.#shape;
    const { array, layout } = this.#buffers[2 * layer + parts.indexOf(part)]!;
    const copy = this.#createArray(heads * used * headSize);
    let next = 0;
    for (let head = 0; head < heads; head++) {
      const elements = this.#head(array, head);
      for (let slot = 0; slot < used; slot++) {
        for (let element = 0; element < headSize; element++) {
          copy[next++] = elements[layout.index(slot, element, headSize)]!;
        }
      }
    }
    return copy;
  }
}

/** The number of slots in the groups that `slots` slots take. */
function wholeGroups(slots: number): number {
  return Math.ceil(slots / slotsPerGroup) * slotsPerGroup;
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
