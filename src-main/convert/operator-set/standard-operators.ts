import type { Decoder, Vector } from '../decoder.ts';
import type { GraphBuilder } from '../onnx/graph.ts';
import { microsoft, standard } from '../onnx/graph.ts';
import type { Precision, TiedHead, WeightFormat } from '../weight-format.ts';
import { weightFormats } from '../weight-format.ts';
import { addRopeTables, addVector } from './constants.ts';
import type { AttentionNode, LinearNode, OperatorSet } from './operator-set.ts';

/**
 * ONNX Runtime's operators, for every provider. T is the number of slots that the attention reads, P the cache's capacity
 * in slots.
 */
export class StandardOperators implements OperatorSet {
  readonly #decoder: Decoder;
  readonly #graph: GraphBuilder;
  readonly #format: WeightFormat;
  readonly #adapterFormat: WeightFormat;
  #tiedHead: TiedHead | undefined;

  constructor(decoder: Decoder, graph: GraphBuilder, precision: Precision) {
    this.#decoder = decoder;
    this.#graph = graph;
    this.#format = weightFormats[precision];
    // An adapter is small, and meant for weights that aren't rounded further.
    this.#adapterFormat = weightFormats[precision === 'float32' ? 'float32' : '8-bit'];
  }

  prepare(): void {
    const { layers, keyValueHeads, headSize } = this.#decoder;
    this.#graph.input('position_ids', 'int64', [1, 'S']);
    this.#graph.input('attention_bias', 'float32', [1, 1, 'S', 'T']);
    this.#graph.input('seqlens_k', 'int32', [1]);
    this.#graph.input('total_sequence_length', 'int32', [1]);
    for (const layer of layers.keys()) {
      for (const part of ['key', 'value']) {
        const name = `${layer}.${part}`;
        this.#graph.input(`past.${name}`, 'float32', [1, keyValueHeads, 'P', headSize]);
        this.#graph.output(`present.${name}`, 'float32', [1, keyValueHeads, 'P2', headSize]);
      }
    }
    addRopeTables(this.#graph, this.#decoder);
  }

  embedding(output: string): void {
    this.#tiedHead = this.#format.embedding(this.#graph, this.#decoder.embedding, output);
  }

  linear(node: LinearNode): void {
    const { name, adapter } = node;
    const input = this.#prepared(node);
    if (!adapter) {
      this.#product(node, input, node.output);
      return;
    }
    const [base, lowRank, added] = [`${name}.base`, `${name}.low_rank`, `${name}.added`];
    this.#product(node, input, base);
    this.#adapterFormat.linear(this.#graph, `${name}.lora_a`, [adapter.a], input, lowRank);
    this.#adapterFormat.linear(this.#graph, `${name}.lora_b`, adapter.b, lowRank, added);
    this.#graph.node('Add', standard, [base, added], [node.output]);
  }

  #product(node: LinearNode, input: string, output: string): void {
    const { weights } = node;
    if (this.#tiedHead && weights[0] === this.#decoder.embedding) this.#tiedHead(input, output);
    else this.#format.linear(this.#graph, node.name, weights, input, output);
  }

  #prepared(node: LinearNode): string {
    if (node.gated) return this.#gated(node);
    return node.norm ? this.#normed(node, node.norm) : node.input;
  }

  #normed({ name, input, skip, sum, normed }: LinearNode, norm: Vector): string {
    const output = normed ?? `${name}.normed`;
    const weights = addVector(this.#graph, norm);
    const epsilon = { float: this.#decoder.epsilon };
    if (skip === undefined) {
      const attributes = { axis: -1, epsilon, stash_type: 1 };
      this.#graph.node('SimplifiedLayerNormalization', standard, [input, weights], [output], attributes);
    } else {
      const outputs = sum === undefined ? [output] : [output, '', '', sum];
      const inputs = [skip, input, weights];
      this.#graph.node('SkipSimplifiedLayerNormalization', microsoft, inputs, outputs, { epsilon });
    }
    return output;
  }

  /** The inner part of SwiGLU (Shazeer 2020). */
  #gated({ name, input, weights }: LinearNode): string {
    const [gate, up, silu, gated] = ['gate', 'up', 'silu', 'gated'].map((part) => `${name}.${part}`) as [
      string,
      string,
      string,
      string,
    ];
    const size = BigInt(weights[0]?.columns ?? 0);
    this.#graph.tensor(`${name}.split`, 'int64', [2], [new BigInt64Array([size, size])]);
    this.#graph.node('Split', standard, [input, `${name}.split`], [gate, up], { axis: -1 });
    // QuickGelu with alpha 1 is x · sigmoid(x), i.e. SiLU in one kernel.
    this.#graph.node('QuickGelu', microsoft, [gate], [silu], { alpha: { float: 1 } });
    this.#graph.node('Mul', standard, [silu, up], [gated]);
    return gated;
  }

  attention({ layer, input, output }: AttentionNode): void {
    const { heads, keyValueHeads, headSize } = this.#decoder;
    const cache = [`past.${layer}.key`, `past.${layer}.value`, 'seqlens_k', 'total_sequence_length'];
    this.#graph.node(
      'GroupQueryAttention',
      microsoft,
      [input, '', '', ...cache, 'cosines', 'sines', 'position_ids', 'attention_bias'],
      [output, `present.${layer}.key`, `present.${layer}.value`],
      {
        num_heads: heads,
        kv_num_heads: keyValueHeads,
        do_rotary: 1,
        rotary_interleaved: 0,
        scale: { float: headSize ** -0.5 },
      },
    );
  }
}
