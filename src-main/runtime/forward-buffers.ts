import { BoundArray } from './bound-array.ts';
import type { AttentionInputs, Forward } from './forward.ts';
import type { OnnxRun } from './onnx-session.ts';
import { float32Array, int64Array } from './onnx-tensor.ts';

export interface OutputSizes {
  readonly vocabularySize: number;
  readonly hiddenSize: number;
}

/** The inputs and outputs of one sequence's forwards, bound in place: nothing is copied. */
export class ForwardBuffers {
  readonly #sizes: OutputSizes;
  readonly #attention: AttentionInputs;
  readonly #inputIds: BoundArray<BigInt64Array>;
  readonly #rows: BoundArray<BigInt64Array>;
  readonly #logits: BoundArray<Float32Array>;
  readonly #hiddenStates: BoundArray<Float32Array>;

  constructor(run: OnnxRun, sizes: OutputSizes, attention: AttentionInputs) {
    this.#sizes = sizes;
    this.#attention = attention;
    this.#inputIds = BoundArray.input(run, 'input_ids', int64Array);
    this.#rows = BoundArray.input(run, 'rows', int64Array);
    this.#logits = BoundArray.output(run, 'logits', float32Array);
    this.#hiddenStates = BoundArray.output(run, 'hidden', float32Array);
  }

  bind(forward: Forward): void {
    const { tokens, padding, rows } = forward;
    const width = tokens.length + padding;
    const inputIds = this.#inputIds.reshape(1, width);
    for (let row = 0; row < width; row++) inputIds[row] = BigInt(tokens[Math.min(row, tokens.length - 1)]!);
    const wanted = this.#rows.reshape(rows.length);
    for (let row = 0; row < rows.length; row++) wanted[row] = BigInt(rows[row]!);
    this.#logits.reshape(1, rows.length, this.#sizes.vocabularySize);
    this.#hiddenStates.reshape(1, rows.length, this.#sizes.hiddenSize);
    this.#attention.bind(forward);
  }

  /** The logits of the bound `rows[row]`; valid until the next forward. */
  logits(row: number): Float32Array {
    return this.#logits.row(row, this.#sizes.vocabularySize);
  }

  /** The final hidden state of the bound `rows[row]`; valid until the next forward. */
  hiddenState(row: number): Float32Array {
    return this.#hiddenStates.row(row, this.#sizes.hiddenSize);
  }
}
