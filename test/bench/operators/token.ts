import type { GraphBuilder } from '../../../src-main/convert/onnx/graph.ts';
import { foredraft } from '../../../src-main/convert/onnx/graph.ts';
import type { Tensor } from '../../native/operator-session.ts';
import { OperatorSession } from '../../native/operator-session.ts';
import { formats } from '../../native/packed-weights.ts';
import { generator } from '../../native/random.ts';
import {
  contestant,
  floats,
  headSize,
  heads,
  keyHeads,
  linearRows,
  options,
  perLayer,
  race,
} from './race.ts';

const random = generator(1);
const width = (heads + 2 * keyHeads) * headSize;

/** Random weights whose outputs are about as large as their inputs; minimums are 8 times the scales. */
function packedWeights(format: 'bits8' | 'bits4', inputs: number, outputs: number): Uint8Array {
  const blocks = inputs / 32;
  const codeBytes = blocks * (format === 'bits8' ? 512 : 256);
  const bytes = new Uint8Array((outputs / 16) * (codeBytes + blocks * (format === 'bits8' ? 32 : 64)));
  const halves = new Uint16Array(bytes.buffer);
  for (let at = 0; at < bytes.length; at += bytes.length / (outputs / 16)) {
    for (let k = 0; k < codeBytes; k += 4) halves.fill(random() * 65536, (at + k) / 2, (at + k) / 2 + 2);
    const scales = (at + codeBytes) / 2;
    halves.fill(format === 'bits8' ? 0x0c00 : 0x1c00, scales, scales + blocks * 16);
    if (format === 'bits4') halves.fill(0x2800, scales + blocks * 16, scales + blocks * 32);
  }
  return bytes;
}

/** A whole model of the operators, without its embedding: random weights in the formats of SmolLM2's files. */
function tokenGraph(graph: GraphBuilder, format: 'bits8' | 'bits4'): void {
  const hidden = heads * headSize;
  const inner = 1536;
  interface Wiring {
    readonly input: string;
    readonly skip?: string;
    readonly sum?: string;
    readonly norm?: boolean;
    readonly gate?: number;
  }
  const linear = (
    name: string,
    packing: 'bits8' | 'bits4',
    inputs: number,
    outputs: number,
    { input, skip = '', sum = '', norm = false, gate = 0 }: Wiring,
  ) => {
    const weights = packedWeights(packing, inputs, outputs);
    graph.tensor(`${name}.w`, 'uint8', [weights.length], [weights]);
    if (norm) graph.tensor(`${name}.n`, 'float32', [inputs], [new Float32Array(inputs).fill(1)]);
    graph.node('Linear', foredraft, [input, `${name}.w`, '', skip, norm ? `${name}.n` : ''], [name, sum], {
      K: inputs,
      N: outputs,
      format: formats[packing],
      gate,
      epsilon: { float: 1e-5 },
    });
  };
  graph.input('input', 'float32', ['rows', hidden]);
  for (const name of ['slots', 'prefix', 'positions']) graph.input(name, 'int32', ['rows']);
  graph.input('paths', 'int32', ['rows', 'path']);
  for (const name of ['cos', 'sin']) graph.input(name, 'float32', ['table', headSize / 2]);
  let stream = 'input';
  let last = '';
  for (const layer of perLayer) {
    const sum = last ? `sum${layer}a` : '';
    const skip = last ? stream : '';
    linear(`qkv${layer}`, format, hidden, width, { input: last || stream, skip, sum, norm: true });
    stream = sum || stream;
    const cache = [`key${layer}`, `value${layer}`];
    graph.input(cache[0]!, 'float16', [keyHeads, 'groups', headSize, 16]);
    graph.input(cache[1]!, 'float16', [keyHeads, 'all', headSize]);
    graph.node(
      'Attention',
      foredraft,
      [`qkv${layer}`, ...cache, 'slots', 'prefix', 'paths', 'positions', 'cos', 'sin'],
      [`attention${layer}`, `newkey${layer}`, `newvalue${layer}`],
      { num_heads: heads, kv_num_heads: keyHeads },
    );
    graph.output(`newkey${layer}`, 'float16', [keyHeads, 'groups', headSize, 16]);
    graph.output(`newvalue${layer}`, 'float16', [keyHeads, 'all', headSize]);
    linear(`out${layer}`, format, hidden, hidden, { input: `attention${layer}` });
    const between = `sum${layer}b`;
    linear(`gate${layer}`, format, hidden, 2 * inner, {
      input: `out${layer}`,
      skip: stream,
      sum: between,
      norm: true,
    });
    stream = between;
    last = `down${layer}`;
    linear(last, format, inner, hidden, { input: `gate${layer}`, gate: 1 });
  }
  linear('head', 'bits8', hidden, 49152, { input: last, skip: stream, norm: true });
  graph.output('head', 'float32', ['rows', 49152]);
}

/** A token of a whole model. One model after another: the idle threads of a second one would spin beside those of the first. */
export function token(format: 'bits8' | 'bits4'): void {
  const session = new OperatorSession((graph) => tokenGraph(graph, format), options);
  for (const context of [128, 1024, 4000]) {
    const slots = context + 16 - (context % 16);
    const caches = perLayer.map(() =>
      ['key', 'value'].map(() => new Uint16Array(keyHeads * slots * headSize).fill(0x2000)),
    );
    for (const rows of [1, 2, 4, 8]) {
      const inputs: Record<string, Tensor> = {
        input: floats(rows, heads * headSize),
        ...linearRows(context, rows),
        cos: floats(slots, headSize / 2),
        sin: floats(slots, headSize / 2),
      };
      const outputs: Record<string, Tensor> = { head: floats(rows, 49152) };
      for (const layer of perLayer) {
        const key = { data: caches[layer]![0]!, shape: [keyHeads, slots / 16, headSize, 16] };
        const value = { data: caches[layer]![1]!, shape: [keyHeads, slots, headSize] };
        Object.assign(inputs, { [`key${layer}`]: key, [`value${layer}`]: value });
        Object.assign(outputs, { [`newkey${layer}`]: key, [`newvalue${layer}`]: value });
      }
      race(`token, ${context} of context, ${rows} rows`, [contestant(format, session, inputs, outputs)]);
    }
  }
  session.release();
}
