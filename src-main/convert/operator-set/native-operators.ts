import type { LowRankProduct } from '../adapter.ts';
import type { Decoder } from '../decoder.ts';
import type { Matrix } from '../matrix.ts';
import { rowsOf, scaledMatrix } from '../matrix.ts';
import type { GraphBuilder } from '../onnx/graph.ts';
import { foredraft, standard } from '../onnx/graph.ts';
import type { StripFormat } from '../packed/strip-format.ts';
import { stripFormatOf, stripsBytes, stripsOf } from '../packed/strip-format.ts';
import { embeddingIn8Bits } from '../weight-format.ts';
import { addRopeTables, addVector } from './constants.ts';
import type { AttentionNode, LinearNode, OperatorSet } from './operator-set.ts';

/** Element types of the key-value cache. */
export const cacheTypes = ['float16', 'float32'] as const;
export type CacheType = (typeof cacheTypes)[number];

/** Consecutive matrices in one format. */
interface Group {
  readonly format: StripFormat;
  readonly matrices: readonly Matrix[];
  /** What is added to their products. */
  readonly adapter: LowRankProduct | undefined;
}

/**
 * The operators of native/, for CPUs. Every value comes from them or from nodes that round nothing but one product, so that
 * results don't depend on the processor. The cache has G groups of 16 slots, L is the length of the longest path. See
 * native/README.md for the meaning of the inputs.
 */
export class NativeOperators implements OperatorSet {
  readonly #decoder: Decoder;
  readonly #graph: GraphBuilder;
  readonly #cache: CacheType;

  constructor(decoder: Decoder, graph: GraphBuilder, cache: CacheType) {
    this.#decoder = decoder;
    this.#graph = graph;
    this.#cache = cache;
  }

  prepare(): void {
    const { layers, keyValueHeads, headSize } = this.#decoder;
    this.#graph.input('slots', 'int32', ['S']);
    this.#graph.input('prefix_lengths', 'int32', ['S']);
    this.#graph.input('paths', 'int32', ['S', 'L']);
    this.#graph.input('positions', 'int32', ['S']);
    const shapes = { key: [keyValueHeads, 'G', headSize, 16], value: [keyValueHeads, 'P', headSize] };
    for (const layer of layers.keys()) {
      for (const [part, shape] of Object.entries(shapes)) {
        this.#graph.input(`past.${layer}.${part}`, this.#cache, shape);
        this.#graph.output(`present.${layer}.${part}`, this.#cache, shape);
      }
    }
    addRopeTables(this.#graph, this.#decoder);
  }

  embedding(output: string): void {
    embeddingIn8Bits(this.#graph, this.#decoder.embedding, output);
  }

  linear(node: LinearNode): void {
    const [first, ...others] = groupsOf(node);
    if (!first) throw new RangeError(`${node.name} has no weights`);
    if (others.length === 0) this.#product(node, node.name, first);
    else this.#products(node, first, others);
  }

  /** Matrices of several formats: a node for each, of which the first prepares the input for all. */
  #products(node: LinearNode, first: Group, others: readonly Group[]): void {
    if (node.gated) throw new RangeError(`${node.name} is gated and has weights of several formats`);
    const normed = node.norm && (node.normed ?? `${node.name}.normed`);
    const sum = node.skip && (node.sum ?? `${node.name}.sum`);
    const output = (index: number) => `${node.output}.${index}`;
    this.#product({ ...node, output: output(0), sum, normed }, `${node.name}.0`, first);
    const prepared = normed ?? sum ?? node.input;
    others.forEach((group, index) => {
      const name = `${node.name}.${index + 1}`;
      this.#product(
        { name, weights: group.matrices, input: prepared, output: output(index + 1) },
        name,
        group,
      );
    });
    const parts = [first, ...others].map((_, index) => output(index));
    this.#graph.node('Concat', standard, parts, [node.output], { axis: -1 });
  }

  #product(node: LinearNode, name: string, { format, matrices, adapter }: Group): void {
    this.#graph.tensor(`${name}.strips`, 'uint8', [stripsBytes(matrices)], stripsOf(matrices));
    const norm = node.norm ? addVector(this.#graph, node.norm) : '';
    const lowRank = adapter ? this.#addLowRank(name, adapter) : [];
    this.#graph.node(
      'Linear',
      foredraft,
      withoutTrailing([node.input, `${name}.strips`, '', node.skip ?? '', norm, '', ...lowRank]),
      withoutTrailing([node.output, node.sum ?? '', node.normed ?? '']),
      {
        K: matrices[0]?.columns ?? 0,
        N: rowsOf(matrices),
        format: format.number,
        epsilon: { float: this.#decoder.epsilon },
        gate: node.gated ? 1 : 0,
        ...(adapter ? { rank: adapter.a.rows } : {}),
      },
    );
  }

  /** Returns the names of A and B. */
  #addLowRank(name: string, { a, b }: LowRankProduct): readonly [string, string] {
    const parts = { lora_a: [in8Bits(a)], lora_b: b.map(in8Bits) };
    for (const [part, matrices] of Object.entries(parts))
      this.#graph.tensor(`${name}.${part}`, 'uint8', [stripsBytes(matrices)], stripsOf(matrices));
    return [`${name}.lora_a`, `${name}.lora_b`];
  }

  attention({ layer, input, output }: AttentionNode): void {
    const { heads, keyValueHeads, headSize } = this.#decoder;
    const cache = [`past.${layer}.key`, `past.${layer}.value`];
    this.#graph.node(
      'Attention',
      foredraft,
      [input, ...cache, 'slots', 'prefix_lengths', 'paths', 'positions', 'cosines', 'sines'],
      [output, `present.${layer}.key`, `present.${layer}.value`],
      { num_heads: heads, kv_num_heads: keyValueHeads, scale: { float: headSize ** -0.5 } },
    );
  }
}

function groupsOf({ weights, adapter }: LinearNode): readonly Group[] {
  const groups: { format: StripFormat; matrices: Matrix[]; b: Matrix[] }[] = [];
  weights.forEach((matrix, index) => {
    const format = stripFormatOf(matrix);
    let last = groups.at(-1);
    if (last?.format !== format) groups.push((last = { format, matrices: [], b: [] }));
    last.matrices.push(matrix);
    if (adapter) last.b.push(adapter.b[index]!);
  });
  return groups.map(({ b, ...group }) => ({
    ...group,
    adapter: adapter && { a: adapter.a, b },
  }));
}

/** In a type that the format of an adapter's weights holds. */
function in8Bits(matrix: Matrix): Matrix {
  return stripFormatOf(matrix).number === 0 ? matrix : scaledMatrix(matrix, 1);
}

/** Omitted optional inputs and outputs may be left out at the end of a list. */
function withoutTrailing(names: readonly string[]): readonly string[] {
  const length = names.reduce((end, name, index) => (name === '' ? end : index + 1), 0);
  return names.slice(0, length);
}
