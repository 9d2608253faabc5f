import type { GraphBuilder } from './onnx/graph.ts';
import { microsoft, standard } from './onnx/graph.ts';
import type { DataRange } from './onnx/external-data.ts';
import type { Matrix } from './matrix.ts';
import { transposed } from './matrix.ts';
import type { QuantizedRows } from './quantize.ts';
import { blockLength, quantizeTo4Bits, quantizeTo8Bits } from './quantize.ts';

export const precisions = ['float32', '8-bit', '4-bit'] as const;
export type Precision = (typeof precisions)[number];

/** How weights are stored, and the operators that use them. Inputs and outputs are names of graph values. */
export interface WeightFormat {
  /** Adds an embedding lookup; returns a function that adds the output head tied to the same weights. */
  embedding(graph: GraphBuilder, name: string, weights: Matrix, ids: string, output: string): TiedHead;
  /** output = input · weightsᵀ */
  linear(graph: GraphBuilder, name: string, weights: Matrix, input: string, output: string): void;
}

/** Adds output = input · embeddingᵀ, sharing the embedding's bytes. */
export type TiedHead = (input: string, output: string) => void;

export const weightFormats: Readonly<Record<Precision, WeightFormat>> = {
  float32: {
    embedding(graph, name, weights, ids, output) {
      graph.tensor(name, 'float32', [weights.rows, weights.columns], weights.chunks());
      graph.node('Gather', standard, [name, ids], [output], { axis: 0 });
      return (input, logits) => graph.node('FusedMatMul', microsoft, [input, name], [logits], { transB: 1 });
    },
    linear(graph, name, weights, input, output) {
      graph.tensor(name, 'float32', [weights.columns, weights.rows], [transposed(weights)]);
      graph.node('MatMul', standard, [input, name], [output]);
    },
  },
  '8-bit': {
    embedding: embeddingIn8Bits,
    linear(graph, name, weights, input, output) {
      addBlocks(graph, name, weights, 8);
      multiply(graph, name, weights, 8, input, output);
    },
  },
  // The embedding is also the output head, and a third of a small model's weights: it stays at 8 bits.
  '4-bit': {
    embedding: embeddingIn8Bits,
    linear(graph, name, weights, input, output) {
      addBlocks(graph, name, weights, 4);
      multiply(graph, name, weights, 4, input, output);
    },
  },
};

function embeddingIn8Bits(
  graph: GraphBuilder,
  name: string,
  weights: Matrix,
  ids: string,
  output: string,
): TiedHead {
  const { rows, columns } = weights;
  const blocks = columns / blockLength;
  const range = addBlocks(graph, name, weights, 8);
  graph.tensor(`${name}.zero_points`, 'uint8', [rows, blocks], [new Uint8Array(rows * blocks).fill(128)]);
  // GatherBlockQuantized needs [rows, columns], MatMulNBits [rows, blocks, ...]: two shapes over the same bytes.
  const table = `${name}.rows`;
  graph.share(table, 'uint8', [rows, columns], range.codes);
  graph.node(
    'GatherBlockQuantized',
    microsoft,
    [table, ids, `${name}.scales`, `${name}.zero_points`],
    [output],
    { bits: 8, block_size: blockLength, gather_axis: 0, quantize_axis: 1 },
  );
  return (input, logits) => multiply(graph, name, weights, 8, input, logits);
}

function addBlocks(graph: GraphBuilder, name: string, weights: Matrix, bits: 4 | 8): { codes: DataRange } {
  const { rows, columns } = weights;
  const blocks = columns / blockLength;
  const quantize = bits === 8 ? quantizeTo8Bits : quantizeTo4Bits;
  const scales: Float32Array[] = [];
  const codesShape = [rows, blocks, (blockLength * bits) / 8];
  const codes = graph.tensor(`${name}.codes`, 'uint8', codesShape, codesOf(weights, quantize, scales));
  graph.tensor(`${name}.scales`, 'float32', [rows, blocks], scales);
  if (!codes) throw new RangeError(`${name} is too small to be a weight matrix`);
  return { codes };
}

function* codesOf(
  weights: Matrix,
  quantize: (values: Float32Array) => QuantizedRows,
  scales: Float32Array[],
): Generator<Uint8Array> {
  for (const chunk of weights.chunks()) {
    const quantized = quantize(chunk);
    scales.push(quantized.scales);
    yield quantized.codes;
  }
}

function multiply(
  graph: GraphBuilder,
  name: string,
  weights: Matrix,
  bits: number,
  input: string,
  output: string,
): void {
  graph.node('MatMulNBits', microsoft, [input, `${name}.codes`, `${name}.scales`], [output], {
    K: weights.columns,
    N: weights.rows,
    bits,
    block_size: blockLength,
    // 4: activations are quantized to 8 bits. Level 1 (float32) is over ten times slower on CPUs.
    accuracy_level: 4,
  });
}
