import fs from 'node:fs';
import path from 'node:path';
import { adapterPrefix } from '../runtime/manifest.ts';
import type { Adapter, LowRankProduct } from './adapter.ts';
import type { Decoder } from './decoder.ts';
import { allMatrices, linearMatrices } from './decoder.ts';
import { writeDecoder } from './decoder-graph.ts';
import { ExternalData } from './onnx/external-data.ts';
import { GraphBuilder } from './onnx/graph.ts';
import type { CacheType } from './operator-set/native-operators.ts';
import { NativeOperators } from './operator-set/native-operators.ts';
import type { OperatorSet } from './operator-set/operator-set.ts';
import { StandardOperators } from './operator-set/standard-operators.ts';
import { stripsBytes } from './packed/strip-format.ts';
import type { Precision } from './weight-format.ts';

export interface GraphOptions {
  /** Number format of the standard graph. */
  readonly precision: Precision;
  /** Element type of the key-value cache in the graph with native operators. */
  readonly cache: CacheType;
  /** Each graph is written a second time, with this adapter. */
  readonly adapter?: Adapter | undefined;
}

/** Whether there is a graph with the operators of native/: they need quantized weights and heads that Attention takes. */
export function hasNativeGraph({ headSize }: Decoder, { precision }: GraphOptions): boolean {
  return precision !== 'float32' && headSize % 16 === 0 && headSize <= 256;
}

/**
 * Writes the model's graphs to `folder`: the standard one and, where there is one, that with native operators, then both with
 * the adapter. Each refers to constants of those before it. Returns the names of the files.
 * @param onWrite called with the number of bytes of each piece written
 */
export function writeGraphs(
  folder: string,
  decoder: Decoder,
  options: GraphOptions,
  onWrite: (bytes: number) => void,
): readonly string[] {
  const files: string[] = [];
  const write = (name: string, operatorsOf: OperatorsOf, base?: GraphBuilder, adapter?: Adapter) => {
    const data = new ExternalData(path.join(folder, `${name}.data`), `${name}.data`, onWrite);
    const graph = new GraphBuilder(data, base);
    try {
      writeDecoder(decoder, graph, operatorsOf(graph), adapter);
    } finally {
      data.close();
    }
    fs.writeFileSync(path.join(folder, name), graph.encode(decoder.architecture));
    files.push(name, `${name}.data`);
    return graph;
  };
  const { adapter } = options;
  const standard: OperatorsOf = (graph) => new StandardOperators(decoder, graph, options.precision);
  const native: OperatorsOf = (graph) => new NativeOperators(decoder, graph, options.cache);
  const standardGraph = write('model.onnx', standard);
  const nativeGraph = hasNativeGraph(decoder, options)
    ? write('operators.onnx', native, standardGraph)
    : undefined;
  if (adapter) {
    write(`${adapterPrefix}model.onnx`, standard, standardGraph, adapter);
    if (nativeGraph) write(`${adapterPrefix}operators.onnx`, native, nativeGraph, adapter);
  }
  return files;
}

type OperatorsOf = (graph: GraphBuilder) => OperatorSet;

/** Bytes per weight of a standard graph, float32 scales for each 32 weights included. */
const bytesPerWeight = { float32: 4, '8-bit': 1 + 4 / 32, '4-bit': 0.5 + 4 / 32 } as const;

/** Upper estimate of the bytes that `writeGraphs` writes, without the graphs themselves. */
export function graphBytes(decoder: Decoder, options: GraphOptions): number {
  const { rope, embedding } = decoder;
  const weights = (sum: number, { rows, columns }: { rows: number; columns: number }) => sum + rows * columns;
  // The embedding has no fewer than 8 bits, and a zero point for each 32 weights.
  const table =
    weights(0, embedding) * (options.precision === 'float32' ? 4 : bytesPerWeight['8-bit'] + 1 / 32);
  const others = allMatrices(decoder).filter((matrix) => matrix !== embedding);
  const standard = table + others.reduce(weights, 0) * bytesPerWeight[options.precision];
  const native = hasNativeGraph(decoder, options)
    ? linearMatrices(decoder).reduce((sum, matrix) => sum + stripsBytes([matrix]), 0)
    : 0;
  const adapter = options.adapter ? adapterBytes(options.adapter, decoder, options) : 0;
  return standard + native + adapter + 4 * rope.positions * rope.headSize;
}

function adapterBytes({ layers }: Adapter, decoder: Decoder, options: GraphOptions): number {
  const products = layers.flatMap((layer) => Object.values(layer) as readonly LowRankProduct[]);
  const matrices = products.flatMap(({ a, b }) => [a, ...b]);
  const each = options.precision === 'float32' ? bytesPerWeight.float32 : bytesPerWeight['8-bit'];
  const native = hasNativeGraph(decoder, options);
  return matrices.reduce(
    (sum, matrix) => sum + matrix.rows * matrix.columns * each + (native ? stripsBytes([matrix]) : 0),
    0,
  );
}
