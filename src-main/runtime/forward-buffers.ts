import { onnxApi } from './onnx-api.ts';
import type { OnnxRun } from './onnx-session.ts';
import type { TensorData } from './onnx-tensor.ts';
import { createTensor, float32Array, int32Array, int64Array } from './onnx-tensor.ts';

/** `array`, or one of at least twice its length where `length` doesn't fit. */
function grown<A extends TensorData>(array: A, length: number, make: (length: number) => A): A {
  return length <= array.length ? array : make(Math.max(length, 2 * array.length));
}

export interface OutputSizes {
  readonly vocabularySize: number;
  readonly hiddenSize: number;
}

/** The tokens that one forward reads, and what it computes. */
export interface Forward {
  readonly tokens: readonly number[];
  /** Position of each token in its text; without branches, its slot in the cache. */
  readonly positions: readonly number[];
  /** Cache slots before the first token's. */
  readonly past: number;
  /** Rows that repeat the last token to widen the forward; their results are unused. */
  readonly padding: number;
  /** Indices of the `tokens` whose logits are computed, the last one repeated up to the required width. */
  readonly rows: readonly number[];
  /** Masks slots for row `row` by writing `maskedScore` into its `bias`, all zeros at first. Later slots are always masked. */
  readonly mask?: (row: number, bias: Float32Array) => void;
}

/** Added to an attention score, leaves no weight; the sum of two doesn't overflow. */
export const maskedScore = -1e30;

/** The inputs and outputs of one sequence's forwards, bound in place: nothing is copied. */
export class ForwardBuffers {
  readonly #run: OnnxRun;
  readonly #sizes: OutputSizes;
  #inputIds = int64Array(0);
  #positions = int64Array(0);
  #rows = int64Array(0);
  #bias = float32Array(0);
  #logits = float32Array(0);
  #hiddenStates = float32Array(0);
  /** Whether the bias has any non-zero entries. */
  #isMasked = false;
  readonly #lastIndex = int32Array(1);
  readonly #total = int32Array(1);

  constructor(run: OnnxRun, sizes: OutputSizes) {
    this.#run = run;
    this.#sizes = sizes;
    this.#input('seqlens_k', this.#lastIndex, [1]);
    this.#input('total_sequence_length', this.#total, [1]);
  }

  bind({ tokens, positions, past, padding, rows, mask }: Forward): void {
    const width = tokens.length + padding;
    const total = past + width;
    this.#inputIds = grown(this.#inputIds, width, int64Array);
    this.#positions = grown(this.#positions, width, int64Array);
    this.#rows = grown(this.#rows, rows.length, int64Array);
    this.#bias = grown(this.#bias, width * total, float32Array);
    this.#logits = grown(this.#logits, rows.length * this.#sizes.vocabularySize, float32Array);
    this.#hiddenStates = grown(this.#hiddenStates, rows.length * this.#sizes.hiddenSize, float32Array);
    for (let row = 0; row < width; row++) {
      const index = Math.min(row, tokens.length - 1);
      this.#inputIds[row] = BigInt(tokens[index]!);
      this.#positions[row] = BigInt(positions[index]!);
    }
    for (let row = 0; row < rows.length; row++) this.#rows[row] = BigInt(rows[row]!);
    this.#writeBias(width, total, mask);
    this.#lastIndex[0] = total - 1;
    this.#total[0] = total;
    this.#input('input_ids', this.#inputIds, [1, width]);
    this.#input('position_ids', this.#positions, [1, width]);
    this.#input('attention_bias', this.#bias, [1, 1, width, total]);
    this.#input('rows', this.#rows, [rows.length]);
    this.#output('logits', this.#logits, [1, rows.length, this.#sizes.vocabularySize]);
    this.#output('hidden', this.#hiddenStates, [1, rows.length, this.#sizes.hiddenSize]);
  }

  /** Zeros mask only later slots, and are written again only after a mask. */
  #writeBias(width: number, total: number, mask: Forward['mask']): void {
    if (this.#isMasked) this.#bias.fill(0);
    this.#isMasked = mask !== undefined;
    if (!mask) return;
    for (let row = 0; row < width; row++) mask(row, this.#bias.subarray(row * total, (row + 1) * total));
  }

  /** The logits of the bound `rows[row]`; valid until the next forward. */
  logits(row: number): Float32Array {
    const { vocabularySize } = this.#sizes;
    return this.#logits.subarray(row * vocabularySize, (row + 1) * vocabularySize);
  }

  /** The final hidden state of the bound `rows[row]`; valid until the next forward. */
  hiddenState(row: number): Float32Array {
    const { hiddenSize } = this.#sizes;
    return this.#hiddenStates.subarray(row * hiddenSize, (row + 1) * hiddenSize);
  }

  #input(name: string, data: TensorData, shape: readonly number[]): void {
    const tensor = createTensor(data, shape);
    this.#run.bindInput(name, tensor);
    onnxApi().release('ReleaseValue', tensor);
  }

  #output(name: string, data: TensorData, shape: readonly number[]): void {
    const tensor = createTensor(data, shape);
    this.#run.bindOutput(name, tensor);
    onnxApi().release('ReleaseValue', tensor);
  }
}
