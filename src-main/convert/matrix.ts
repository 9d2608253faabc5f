import type { GgufFile } from './gguf-file.ts';

/**
 * A weight matrix W as in x · Wᵀ: [outputs, inputs], row-major. It is read in chunks of whole rows, so only a few
 * megabytes are in memory at a time.
 */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  chunks(): Generator<Float32Array>;
}

/** Maximum weights per chunk, 4 bytes each. */
const maxChunkWeights = 4 * 1024 * 1024;

/** A tensor in the file's row order. */
export function tensorMatrix(file: GgufFile, tensor: string): Matrix {
  const { rows, columns } = sizesOf(file, tensor);
  return {
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
 * head's rotary pairs: its row 2j + half is row half · headSize/2 + j of the original.
 */
export function unpermutedMatrix(file: GgufFile, tensor: string, headSize: number): Matrix {
  const { rows, columns } = sizesOf(file, tensor);
  return {
    rows,
    columns,
    *chunks() {
      for (let row = 0; row < rows; row += headSize) {
        const head = file.readRows(tensor, row, headSize);
        const ordered = new Float32Array(head.length);
        for (let pair = 0; pair < headSize / 2; pair++) {
          for (const half of [0, 1]) {
            const from = (2 * pair + half) * columns;
            ordered.set(head.subarray(from, from + columns), ((half * headSize) / 2 + pair) * columns);
          }
        }
        yield ordered;
      }
    },
  };
}

/** Concatenates matrices over the same input along their rows. */
export function stackedMatrix(parts: readonly Matrix[]): Matrix {
  return {
    rows: parts.reduce((sum, part) => sum + part.rows, 0),
    columns: parts[0]?.columns ?? 0,
    *chunks() {
      for (const part of parts) yield* part.chunks();
    },
  };
}

/** The transposed matrix, entirely in memory. */
export function transposed(matrix: Matrix): Float32Array {
  const { rows, columns } = matrix;
  const values = new Float32Array(rows * columns);
  let row = 0;
  for (const chunk of matrix.chunks()) {
    for (let from = 0; from < chunk.length; from += columns, row++) {
      for (let column = 0; column < columns; column++) values[column * rows + row] = chunk[from + column]!;
    }
  }
  return values;
}

function sizesOf(file: GgufFile, tensor: string): { rows: number; columns: number } {
  const [rows = 1, columns = 1] = file.shape(tensor);
  return { rows, columns };
}
