import type { DataRange } from './onnx/external-data.ts';
import type { GraphBuilder } from './onnx/graph.ts';
import { microsoft, standard } from './onnx/graph.ts';
import type { Matrix } from './matrix.ts';
import { rowsOf, transposed, valuesOf } from './matrix.ts';
import { blockLength, quantizedBlocks } from './quantize.ts';

export const precisions = ['float32', '8-bit', '4-bit'] as const;
export type Precision = (typeof precisions)[number];

/** How a standard graph stores weights, and ONNX Runtime's operators that use them. */
export interface WeightFormat {
  /** Adds a lookup of the embeddings of `input_ids`. */
  embedding(graph: GraphBuilder, weights: Matrix, output: string): TiedHead;
  /** output = input · weightsᵀ, with matrices one below the other */
  linear(graph: GraphBuilder, name: string, weights: readonly Matrix[], input: string, output: string): void;
}

/** Adds output = input · embeddingᵀ, sharing the embedding's bytes. */
export type TiedHead = (input: string, output: string) => void;

export const weightFormats: Readonly<Record<Precision, WeightFormat>> = {
  float32: {
    embedding(graph, weights, output) {
      graph.tensor('embedding', 'float32', [weights.rows, weights.columns], valuesOf([weights]));
      graph.node('Gather', standard, ['embedding', 'input_ids'], [output], { axis: 0 });
      return (input, logits) =>
        graph.node('FusedMatMul', microsoft, [input, 'embedding'], [logits], { transB: 1 });
    },
    linear(graph, name, weights, input, output) {
      const shape = [weights[0]?.columns ?? 0, rowsOf(weights)];
      graph.tensor(name, 'float32', shape, transposed(weights));
      graph.node('MatMul', standard, [input, name], [output]);
    },
  },
  '8-bit': { embedding: tiedEmbedding, linear: linearIn(8) },
  // The embedding is also the output head, and a third of a small model's weights: it stays at 8 bits.
  '4-bit': { embedding: tiedEmbedding, linear: linearIn(4) },
};

/** Adds a lookup of 8-bit embeddings, whose every element is one product. Returns the range of the codes. */
export function embeddingIn8Bits(
  graph: GraphBuilder,
  weights: Matrix,
  output: string,
): DataRange | undefined {
  const { rows, columns } = weights;
  const blocks = columns / blockLength;
  const scales: Float32Array[] = [];
  const codes = graph.tensor('embedding', 'uint8', [rows, columns], codesOf([weights], 8, scales));
  graph.tensor('embedding.scales', 'float32', [rows, blocks], scales);
  graph.tensor('embedding.zero_points', 'uint8', [rows, blocks], [new Uint8Array(rows * blocks).fill(128)]);
  graph.node(
    'GatherBlockQuantized',
    microsoft,
    ['embedding', 'input_ids', 'embedding.scales', 'embedding.zero_points'],
    [output],
    { bits: 8, block_size: blockLength, gather_axis: 0, quantize_axis: 1 },
  );
  return codes;
}

function tiedEmbedding(graph: GraphBuilder, weights: Matrix, output: string): TiedHead {
  const codes = embeddingIn8Bits(graph, weights, output);
  return (input, logits) => {
    if (!codes) throw new RangeError(`${weights.name} is too small to be an embedding`);
    // The lookup needs [rows, columns], MatMulNBits [rows, blocks, ...]: two shapes over the same bytes.
    graph.share(
      'embedding.codes',
      'uint8',
      [weights.rows, weights.columns / blockLength, blockLength],
      codes,
    );
    multiply(graph, 'embedding', [weights], 8, input, logits);
  };
}

function linearIn(bits: 4 | 8): WeightFormat['linear'] {
  return (graph, name, weights, input, output) => {
    const [rows, columns] = [rowsOf(weights), weights[0]?.columns ?? 0];
    const blocks = columns / blockLength;
    const scales: Float32Array[] = [];
    const shape = [rows, blocks, (blockLength * bits) / 8];
    graph.tensor(`${name}.codes`, 'uint8', shape, codesOf(weights, bits, scales));
    graph.tensor(`${name}.scales`, 'float32', [rows, blocks], scales);
    multiply(graph, name, weights, bits, input, output);
  };
}

function* codesOf(weights: readonly Matrix[], bits: 4 | 8, scales: Float32Array[]): Generator<Uint8Array> {
  for (const { type, chunks } of weights) {
    for (const chunk of chunks()) {
      const quantized = quantizedBlocks(type, chunk, bits);
      scales.push(quantized.scales);
      yield quantized.codes;
    }
  }
}

function multiply(
  graph: GraphBuilder,
  name: string,
  weights: readonly Matrix[],
  bits: 4 | 8,
  input: string,
  output: string,
): void {
  graph.node('MatMulNBits', microsoft, [input, `${name}.codes`, `${name}.scales`], [output], {
    K: weights[0]?.columns ?? 0,
    N: rowsOf(weights),
    bits,
    block_size: blockLength,
    // 4: activations are quantized to 8 bits. Level 1 (float32) is over ten times slower on CPUs.
    accuracy_level: 4,
  });
}
