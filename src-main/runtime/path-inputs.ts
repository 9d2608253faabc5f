import { BoundArray } from './bound-array.ts';
import type { AttentionInputs, Forward } from './forward.ts';
import type { OnnxRun } from './onnx-session.ts';
import { int32Array } from './onnx-tensor.ts';

/**
 * Inputs of the project's attention: each row attends to a prefix of the cache and then to the slots of its path.
 * Without a tree that is a prefix up to its own slot and an empty path.
 */
export class PathInputs implements AttentionInputs {
  readonly #slots: BoundArray<Int32Array>;
  readonly #prefixLengths: BoundArray<Int32Array>;
  readonly #paths: BoundArray<Int32Array>;
  readonly #positions: BoundArray<Int32Array>;

  constructor(run: OnnxRun) {
    this.#slots = BoundArray.input(run, 'slots', int32Array);
    this.#prefixLengths = BoundArray.input(run, 'prefix_lengths', int32Array);
    this.#paths = BoundArray.input(run, 'paths', int32Array);
    this.#positions = BoundArray.input(run, 'positions', int32Array);
  }

  bind({ tokens, positions, past, padding, tree }: Forward): void {
    const width = tokens.length + padding;
    const last = tokens.length - 1;
    const columns = tree?.columns ?? 0;
    const slots = this.#slots.reshape(width);
    const prefixLengths = this.#prefixLengths.reshape(width);
    const paths = this.#paths.reshape(width, columns);
    const rotary = this.#positions.reshape(width);
    for (let row = 0; row < width; row++) {
      const token = Math.min(row, last);
      slots[row] = past + row;
      prefixLengths[row] = tree ? tree.prefix : past + token + 1;
      rotary[row] = positions[token]!;
      if (tree) paths.set(tree.slots.subarray(token * columns, (token + 1) * columns), row * columns);
    }
  }
}
