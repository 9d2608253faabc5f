import type { GgufFile } from './gguf-file.ts';
import type { TensorType } from './tensor-type/tensor-type.ts';
import { dequantize, tensorTypeOf } from './tensor-type/tensor-type.ts';

/**
 * A weight matrix W as in x · Wᵀ: [outputs, inputs], row-major. It is read in chunks of whole rows, so only a few
 * megabytes are in memory at a time.
 */
export interface Matrix {
  /** The tensor's name in the file. */
  readonly name: string;
  readonly type: TensorType;
  readonly rows: number;
  readonly columns: number;
  /** Set if the file interleaves the halves of heads this long, which `chunks` undoes. */
  readonly interleaved?: number;
  /** Rows in the file's encoding: `columns / type.blockLength` blocks each. */
  readonly chunks: () => Generator<Uint8Array>;
}

/** Maximum weights per chunk; 4 bytes each when dequantized. */
const maxChunkWeights = 1024 * 1024;

/** A tensor in the file's row order. */
export function tensorMatrix(file: GgufFile, tensor: string): Matrix {
  const [rows = 1, columns = 1] = file.shape(tensor);
  return {
    name: tensor,
    type: file.type(tensor),
    rows,
    columns,
    *chunks() {
      const step = Math.max(1, Math.floor(maxChunkWeights / columns));
      for (let row = 0; row < rows; row += step) yield file.readRows(tensor, row, Math.min(step, rows - row));
    },
  };
}

/**
 * Query or key weights of the Llama architecture in the original row order. GGUF interleaves the two halves of a
 * head's rotary pairs: its row 2j + half is row half · headSize/2 + j of the original. A row's blocks move together.
 */
export function unpermutedMatrix(file: GgufFile, tensor: string, headSize: number): Matrix {
  const matrix = tensorMatrix(file, tensor);
  return {
    ...matrix,
    interleaved: headSize,
    *chunks() {
      for (let row = 0; row < matrix.rows; row += headSize) {
        const head = file.readRows(tensor, row, headSize);
        const rowBytes = head.length / headSize;
        const ordered = new Uint8Array(head.length);
        for (let pair = 0; pair < headSize / 2; pair++) {
          for (const half of [0, 1]) {
            const from = (2 * pair + half) * rowBytes;
            ordered.set(head.subarray(from, from + rowBytes), ((half * headSize) / 2 + pair) * rowBytes);
          }
        }
        yield ordered;
      }
    },
  };
}

/** The matrix times a number, in float32. */
export function scaledMatrix(matrix: Matrix, factor: number): Matrix {
  return {
    ...matrix,
    type: tensorTypeOf(0, matrix.name),
    *chunks() {
      for (const values of valuesOf([matrix]))
        yield new Uint8Array(values.map((value) => value * factor).buffer);
    },
  };
}

/** The values of matrices over the same inputs, one below the other, in chunks of whole rows. */
export function* valuesOf(parts: readonly Matrix[]): Generator<Float32Array> {
  for (const { type, chunks } of parts) for (const chunk of chunks()) yield dequantize(type, chunk);
}

/** The rows of all matrices together. */
export function rowsOf(parts: readonly Matrix[]): number {
  return parts.reduce((sum, { rows }) => sum + rows, 0);
}

/** The values of matrices over the same inputs, transposed: [inputs, outputs], in one chunk, entirely in memory. */
export function* transposed(parts: readonly Matrix[]): Generator<Float32Array> {
  const rows = rowsOf(parts);
  const columns = parts[0]?.columns ?? 0;
  const values = new Float32Array(rows * columns);
  let row = 0;
  for (const chunk of valuesOf(parts)) {
    for (let from = 0; from < chunk.length; from += columns, row++) {
      for (let column = 0; column < columns; column++) values[column * rows + row] = chunk[from + column]!;
    }
  }
  yield values;
}
