import { float16Array, float32Array } from './onnx-tensor.ts';

/** Elements of a cache; those of float16 as their bits. */
export type CacheArray = Float32Array | Uint16Array;

/** How the slots of each head lie in memory; heads follow one another. */
export interface SlotLayout {
  /** Shape of the tensor with the given sizes. */
  shape(heads: number, slots: number, headSize: number): readonly number[];
  /** Index of an element of a slot, counted from the start of its head. */
  index(slot: number, element: number, headSize: number): number;
  /** Copies `count` consecutive slots within a head, the elements of `head`, to slot `to`, which is below `from`. */
  move(head: CacheArray, from: number, to: number, count: number, headSize: number): void;
}

/** Layout of a graph's keys and values. */
export interface CacheLayout {
  readonly key: SlotLayout;
  readonly value: SlotLayout;
  /** Makes zeros. */
  readonly createArray: (length: number) => CacheArray;
}

/** One slot after another: [batch of 1, heads, slots, headSize]. */
const batchedRows: SlotLayout = {
  shape: (heads, slots, headSize) => [1, heads, slots, headSize],
  index: (slot, element, headSize) => slot * headSize + element,
  move: (head, from, to, count, headSize) => {
    head.copyWithin(to * headSize, from * headSize, (from + count) * headSize);
  },
};

const rows: SlotLayout = { ...batchedRows, shape: (heads, slots, headSize) => [heads, slots, headSize] };

/** Slots side by side in a group, so that a vector holds one element of all of them. */
export const slotsPerGroup = 16;

/** Groups of slots: [heads, slots / 16, headSize, 16]. */
const groups: SlotLayout = {
  shape: (heads, slots, headSize) => [heads, slots / slotsPerGroup, headSize, slotsPerGroup],
  index: (slot, element, headSize) => {
    const lane = slot % slotsPerGroup;
    return (slot - lane) * headSize + element * slotsPerGroup + lane;
  },
  move: (head, from, to, count, headSize) => {
    for (let slot = 0; slot < count; slot++) {
      const source = groups.index(from + slot, 0, headSize);
      const target = groups.index(to + slot, 0, headSize);
      const end = headSize * slotsPerGroup;
      for (let element = 0; element < end; element += slotsPerGroup) {
        head[target + element] = head[source + element]!;
      }
    }
  },
};

/** The cache of ONNX Runtime's attention. */
export const standardLayout: CacheLayout = {
  key: batchedRows,
  value: batchedRows,
  createArray: float32Array,
};

/** The cache of the project's attention. */
export const operatorsLayout = (elementType: 'float16' | 'float32'): CacheLayout => ({
  key: groups,
  value: rows,
  createArray: elementType === 'float16' ? float16Array : float32Array,
});
