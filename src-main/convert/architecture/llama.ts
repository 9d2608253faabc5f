import type { GgufFile } from '../gguf-file.ts';
import { stackedMatrix, tensorMatrix, unpermutedMatrix } from '../matrix.ts';
import type { GraphBuilder } from '../onnx/graph.ts';
import { microsoft, standard } from '../onnx/graph.ts';
import { ropeTables } from '../rope-tables.ts';
import type { WeightFormat } from '../weight-format.ts';
import type { LlamaSettings } from './llama-settings.ts';

/**
 * Builds the graph of a llama-like model (Touvron et al. 2023: pre-norm, rotary positions, grouped-query
 * attention, SwiGLU). One forward takes S tokens behind the P slots of each layer's cache, of which it
 * writes the next S in place, and gives logits for the `rows` asked for.
 */
export class LlamaGraph {
  readonly #file: GgufFile;
  readonly #settings: LlamaSettings;
  readonly #graph: GraphBuilder;
  readonly #format: WeightFormat;

  constructor(file: GgufFile, settings: LlamaSettings, graph: GraphBuilder, format: WeightFormat) {
    this.#file = file;
    this.#settings = settings;
    this.#graph = graph;
    this.#format = format;
  }

  /** Adds everything; `onLayer` is called after each layer with the layers done. */
  build(onLayer: (done: number) => void): void {
    this.#addInputs();
    this.#addRope();
    const embedding = tensorMatrix(this.#file, 'token_embd.weight');
    const tied = this.#format.embedding(this.#graph, 'embedding', embedding, 'input_ids', 'residual');
    const first = this.#norm('blk.0.attn_norm.weight');
    this.#graph.node('SimplifiedLayerNormalization', standard, ['residual', first], ['normed'], {
      axis: -1,
      epsilon: { float: this.#settings.epsilon },
      stash_type: 1,
    });
    let state: LayerState = { residual: 'residual', normed: 'normed' };
    for (let layer = 0; layer < this.#settings.layers; layer++) {
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
    this.#graph.output('logits', 'float32', [1, 'R', this.#settings.vocabulary]);
    this.#graph.output('hidden', 'float32', [1, 'R', this.#settings.hidden]);
    this.#eachCache((name) => this.#graph.output(`present.${name}`, 'float32', this.#cacheShape('P2')));
  }

  #eachCache(add: (name: string) => void): void {
    for (let layer = 0; layer < this.#settings.layers; layer++) {
      add(`${layer}.key`);
      add(`${layer}.value`);
    }
  }

  #cacheShape(slots: string): (number | string)[] {
    return [1, this.#settings.keyValueHeads, slots, this.#settings.headSize];
  }

  #addRope(): void {
    const { contextLength, headSize, ropeBase } = this.#settings;
    // Twice the context: branches of a tree take slots of their own beyond their positions.
    const positions = 2 * contextLength;
    const factors = this.#file.has('rope_freqs.weight')
      ? this.#file.read('rope_freqs.weight')
      : new Float32Array(headSize / 2).fill(1);
    const { cosines, sines } = ropeTables({ positions, headSize, base: ropeBase, factors });
    this.#graph.tensor('cosines', 'float32', [positions, headSize / 2], [cosines]);
    this.#graph.tensor('sines', 'float32', [positions, headSize / 2], [sines]);
  }

  #norm(tensor: string): string {
    this.#graph.tensor(tensor, 'float32', [this.#settings.hidden], [this.#file.read(tensor)]);
    return tensor;
  }

  #layer(layer: number, { residual, normed }: LayerState): LayerState {
    const { heads, keyValueHeads, headSize } = this.#settings;
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
    const last = layer === this.#settings.layers - 1;
    const nextNorm = last ? 'output_norm.weight' : `blk.${layer + 1}.attn_norm.weight`;
    return this.#addAndNorm(`${prefix}end`, middle.residual, fed, nextNorm);
  }

  /** SwiGLU's inner part: silu(gate) · up, with gate and up as one product. */
  #gated(layer: number, input: string): string {
    const graph = this.#graph;
    const { feedForward } = this.#settings;
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
    // With alpha 1 this is x · sigmoid(x): silu in one pass.
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
      { epsilon: { float: this.#settings.epsilon } },
    );
    return state;
  }
}

/** Names of the values that one layer hands to the next. */
interface LayerState {
  readonly residual: string;
  readonly normed: string;
}
