import type { LowRankProduct } from '../adapter.ts';
import type { Decoder } from '../decoder.ts';
import type { Matrix } from '../matrix.ts';
import { rowsOf } from '../matrix.ts';
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
    const groups = groupsOf(node.weights);
    const [first] = groups;
    if (!first) throw new RangeError(`${node.name} has no weights`);
    if (groups.length === 1 && !node.adapter) this.#product(node, node.name, first);
    else this.#products(node, groups);
  }

  /** Several products over one input: the first node prepares it for all, as far as its outputs can have it. */
  #products(node: LinearNode, groups: readonly Group[]): void {
    const { name, output, adapter, gated = false } = node;
    const normed = node.norm && (node.normed ?? `${name}.normed`);
    const sum = node.skip && (node.sum ?? `${name}.sum`);
    const prepared = { input: normed ?? sum ?? node.input, gated };
    const base = adapter ? `${name}.base` : output;
    const outputs = groups.map((_, index) => (groups.length === 1 ? base : `${base}.${index}`));
    groups.forEach((group, index) => {
      const inputs = index === 0 ? { ...node, sum, normed } : { ...prepared, name, weights: [] };
      const constants = groups.length === 1 ? name : `${name}.${index}`;
      this.#product({ ...inputs, output: outputs[index]! }, constants, group);
    });
    if (groups.length > 1) this.#graph.node('Concat', standard, outputs, [base], { axis: -1 });
    if (adapter) this.#addLowRank(adapter, { name, ...prepared, base, output });
  }

  /** output = base + x · Aᵀ · Bᵀ */
  #addLowRank(
    { a, b }: LowRankProduct,
    node: Pick<LinearNode, 'name' | 'input' | 'gated' | 'output'> & { readonly base: string },
  ): void {
    const { name, base, output, ...prepared } = node;
    const [lowRank, added] = [`${name}.low_rank`, `${name}.added`];
    this.linear({ ...prepared, name: `${name}.lora_a`, weights: [a], output: lowRank });
    this.linear({ name: `${name}.lora_b`, weights: b, input: lowRank, output: added });
    this.#graph.node('Add', standard, [base, added], [output]);
  }

  #product(node: LinearNode, name: string, { format, matrices }: Group): void {
    this.#graph.tensor(`${name}.strips`, 'uint8', [stripsBytes(matrices)], stripsOf(matrices));
    const norm = node.norm ? addVector(this.#graph, node.norm) : '';
    this.#graph.node(
      'Linear',
      foredraft,
      withoutTrailing([node.input, `${name}.strips`, '', node.skip ?? '', norm]),
      withoutTrailing([node.output, node.sum ?? '', node.normed ?? '']),
      {
        K: matrices[0]?.columns ?? 0,
        N: rowsOf(matrices),
        format: format.number,
        epsilon: { float: this.#decoder.epsilon },
        gate: node.gated ? 1 : 0,
      },
    );
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

function groupsOf(matrices: readonly Matrix[]): readonly Group[] {
  const groups: { format: StripFormat; matrices: Matrix[] }[] = [];
  for (const matrix of matrices) {
    const format = stripFormatOf(matrix);
    const last = groups.at(-1);
    if (last?.format === format) last.matrices.push(matrix);
    else groups.push({ format, matrices: [matrix] });
  }
  return groups;
}

/** Omitted optional inputs and outputs may be left out at the end of a list. */
function withoutTrailing(names: readonly string[]): readonly string[] {
  const length = names.reduce((end, name, index) => (name === '' ? end : index + 1), 0);
  return names.slice(0, length);
}
