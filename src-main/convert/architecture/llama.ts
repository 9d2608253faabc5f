import type { GgufFile } from '../gguf-file.ts';
import { stackedMatrix, tensorMatrix, unpermutedMatrix } from '../matrix.ts';
import type { GraphBuilder } from '../onnx/graph.ts';
import { microsoft, standard } from '../onnx/graph.ts';
import { ropeTables } from '../rope-tables.ts';
import type { WeightFormat } from '../weight-format.ts';
import type { LlamaConfig } from './llama-config.ts';

/**
 * Builds the graph of a Llama-family model (Touvron et al. 2023: pre-norm, rotary embeddings, grouped-query
 * attention, SwiGLU). One forward appends S tokens to each layer's cache in place and returns logits for the
 * requested `rows`. P is the cache's capacity in slots.
 */
export class LlamaGraph {
  readonly #file: GgufFile;
  readonly #config: LlamaConfig;
  readonly #graph: GraphBuilder;
  readonly #format: WeightFormat;

  constructor(file: GgufFile, config: LlamaConfig, graph: GraphBuilder, format: WeightFormat) {
    this.#file = file;
    this.#config = config;
    this.#graph = graph;
    this.#format = format;
  }

  /** Builds the whole graph; `onLayer` is called after each layer with the number of layers done. */
  build(onLayer: (done: number) => void): void {
    this.#addInputs();
    this.#addRope();
    const embedding = tensorMatrix(this.#file, 'token_embd.weight');
    const tied = this.#format.embedding(this.#graph, 'embedding', embedding, 'input_ids', 'residual');
    const first = this.#norm('blk.0.attn_norm.weight');
    this.#graph.node('SimplifiedLayerNormalization', standard, ['residual', first], ['normed'], {
      axis: -1,
      epsilon: { float: this.#config.epsilon },
      stash_type: 1,
    });
    let state: LayerState = { residual: 'residual', normed: 'normed' };
    for (let layer = 0; layer < this.#config.layers; layer++) {
      state = this.#layer(layer, state);
      onLayer(layer + 1);
    }
    this.#graph.node('Gather', standard, [state.normed, 'rows'], ['hidden'], { axis: 1 });
    if (this.#file.has('output.weight')) {
      const head = tensorMatrix(this.#file, 'output.weight');
      this.#format.linear(this.#graph, 'head', head, 'hidden', 'logits');
    } else {
      tied('hidden', 'logits');
    }
    this.#addOutputs();
  }

  #addInputs(): void {
    this.#graph.input('input_ids', 'int64', [1, 'S']);
    this.#graph.input('position_ids', 'int64', [1, 'S']);
    this.#graph.input('attention_bias', 'float32', [1, 1, 'S', 'T']);
    this.#graph.input('seqlens_k', 'int32', [1]);
    this.#graph.input('total_sequence_length', 'int32', [1]);
    this.#graph.input('rows', 'int64', ['R']);
    this.#eachCache((name) => this.#graph.input(`past.${name}`, 'float32', this.#cacheShape('P')));
  }

  #addOutputs(): void {
    this.#graph.output('logits', 'float32', [1, 'R', this.#config.vocabulary]);
    this.#graph.output('hidden', 'float32', [1, 'R', this.#config.hidden]);
    this.#eachCache((name) => this.#graph.output(`present.${name}`, 'float32', this.#cacheShape('P2')));
  }

  #eachCache(add: (name: string) => void): void {
    for (let layer = 0; layer < this.#config.layers; layer++) {
      add(`${layer}.key`);
      add(`${layer}.value`);
    }
  }

  #cacheShape(slots: string): (number | string)[] {
    return [1, this.#config.keyValueHeads, slots, this.#config.headSize];
  }

  #addRope(): void {
    const { contextLength, headSize, ropeBase } = this.#config;
    // Twice the context length: tree branches take cache slots beyond their positions.
    const positions = 2 * contextLength;
    const factors = this.#file.has('rope_freqs.weight')
      ? this.#file.read('rope_freqs.weight')
      : new Float32Array(headSize / 2).fill(1);
    const { cosines, sines } = ropeTables({ positions, headSize, base: ropeBase, factors });
    this.#graph.tensor('cosines', 'float32', [positions, headSize / 2], [cosines]);
    this.#graph.tensor('sines', 'float32', [positions, headSize / 2], [sines]);
  }

  #norm(tensor: string): string {
    this.#graph.tensor(tensor, 'float32', [this.#config.hidden], [this.#file.read(tensor)]);
    return tensor;
  }

  #layer(layer: number, { residual, normed }: LayerState): LayerState {
    const { heads, keyValueHeads, headSize } = this.#config;
    const graph = this.#graph;
    const prefix = `blk.${layer}.`;
    const linear = (name: string, weights: Parameters<WeightFormat['linear']>[2], input: string): string => {
      this.#format.linear(graph, prefix + name, weights, input, `${prefix}${name}.out`);
      return `${prefix}${name}.out`;
    };
    const queriesKeysValues = stackedMatrix([
      unpermutedMatrix(this.#file, `${prefix}attn_q.weight`, headSize),
      unpermutedMatrix(this.#file, `${prefix}attn_k.weight`, headSize),
      tensorMatrix(this.#file, `${prefix}attn_v.weight`),
    ]);
    const qkv = linear('qkv', queriesKeysValues, normed);
    const caches = [`past.${layer}.key`, `past.${layer}.value`, 'seqlens_k', 'total_sequence_length'];
    graph.node(
      'GroupQueryAttention',
      microsoft,
      [qkv, '', '', ...caches, 'cosines', 'sines', 'position_ids', 'attention_bias'],
      [`${prefix}attention`, `present.${layer}.key`, `present.${layer}.value`],
      {
        num_heads: heads,
        kv_num_heads: keyValueHeads,
        do_rotary: 1,
        rotary_interleaved: 0,
        scale: { float: headSize ** -0.5 },
      },
    );
    const attended = linear(
      'output',
      tensorMatrix(this.#file, `${prefix}attn_output.weight`),
      `${prefix}attention`,
    );
    const middle = this.#addAndNorm(`${prefix}middle`, residual, attended, `${prefix}ffn_norm.weight`);
    const fed = linear(
      'down',
      tensorMatrix(this.#file, `${prefix}ffn_down.weight`),
      this.#gated(layer, middle.normed),
    );
    const last = layer === this.#config.layers - 1;
    const nextNorm = last ? 'output_norm.weight' : `blk.${layer + 1}.attn_norm.weight`;
    return this.#addAndNorm(`${prefix}end`, middle.residual, fed, nextNorm);
  }

  /** The inner part of SwiGLU, silu(gate) · up, with gate and up computed by one matrix product. */
  #gated(layer: number, input: string): string {
    const graph = this.#graph;
    const { feedForward } = this.#config;
    const prefix = `blk.${layer}.`;
    const gateAndUp = stackedMatrix([
      tensorMatrix(this.#file, `${prefix}ffn_gate.weight`),
      tensorMatrix(this.#file, `${prefix}ffn_up.weight`),
    ]);
    this.#format.linear(graph, `${prefix}gate_up`, gateAndUp, input, `${prefix}gate_up.out`);
    const sizes = new BigInt64Array([BigInt(feedForward), BigInt(feedForward)]);
    graph.tensor(`${prefix}split`, 'int64', [2], [sizes]);
    const halves = [`${prefix}gate`, `${prefix}up`];
    graph.node('Split', standard, [`${prefix}gate_up.out`, `${prefix}split`], halves, { axis: -1 });
    // QuickGelu with alpha 1 is x · sigmoid(x), i.e. SiLU in one kernel.
    graph.node('QuickGelu', microsoft, [`${prefix}gate`], [`${prefix}silu`], { alpha: { float: 1 } });
    graph.node('Mul', standard, [`${prefix}silu`, `${prefix}up`], [`${prefix}gated`]);
    return `${prefix}gated`;
  }

  #addAndNorm(name: string, residual: string, added: string, norm: string): LayerState {
    const state = { normed: `${name}.normed`, residual: `${name}.residual` };
    this.#graph.node(
      'SkipSimplifiedLayerNormalization',
      microsoft,
      [residual, added, this.#norm(norm)],
      [state.normed, '', '', state.residual],
      { epsilon: { float: this.#config.epsilon } },
    );
    return state;
  }
}

/** Names of the graph values passed from one layer to the next. */
interface LayerState {
  readonly residual: string;
  readonly normed: string;
}
