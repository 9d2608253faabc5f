import { BoundArray } from './bound-array.ts';
import type { AttentionInputs, Forward, TreePaths } from './forward.ts';
import type { OnnxRun } from './onnx-session.ts';
import { float32Array, int32Array, int64Array } from './onnx-tensor.ts';

/** Added to an attention score, leaves no weight; the sum of two doesn't overflow. */
const maskedScore = -1e30;

/**
 * Inputs of ONNX Runtime's attention (GroupQueryAttention): each row attends to all slots up to its own, minus what the
 * bias masks.
 */
export class BiasInputs implements AttentionInputs {
  readonly #positions: BoundArray<BigInt64Array>;
  readonly #bias: BoundArray<Float32Array>;
  readonly #lastIndex: Int32Array;
  readonly #total: Int32Array;
  /** Whether the bias has any non-zero entries. */
  #isMasked = false;

  constructor(run: OnnxRun) {
    this.#positions = BoundArray.input(run, 'position_ids', int64Array);
    this.#bias = BoundArray.input(run, 'attention_bias', float32Array);
    this.#lastIndex = BoundArray.input(run, 'seqlens_k', int32Array).reshape(1);
    this.#total = BoundArray.input(run, 'total_sequence_length', int32Array).reshape(1);
  }

  bind({ tokens, positions, past, padding, tree }: Forward): void {
    const width = tokens.length + padding;
    const total = past + width;
    const last = tokens.length - 1;
    const positionIds = this.#positions.reshape(1, width);
    for (let row = 0; row < width; row++) positionIds[row] = BigInt(positions[Math.min(row, last)]!);
    const bias = this.#bias.reshape(1, 1, width, total);
    // Zeros mask only later slots, and are written again only after a mask.
    if (this.#isMasked) bias.fill(0);
    this.#isMasked = tree !== undefined;
    if (tree) {
      for (let row = 0; row < width; row++) {
        maskOthers(tree, Math.min(row, last), bias.subarray(row * total, (row + 1) * total));
      }
    }
    this.#lastIndex[0] = total - 1;
    this.#total[0] = total;
  }
}

/** Masks the slots that token `token` doesn't attend to. */
function maskOthers({ prefix, slots, columns }: TreePaths, token: number, bias: Float32Array): void {
  bias.fill(maskedScore, prefix);
  for (let column = 0; column < columns; column++) {
    const slot = slots[token * columns + column]!;
    if (slot < 0) return;
    bias[slot] = 0;
  }
}
