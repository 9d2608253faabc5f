import type { GraphBuilder } from '../../../src-main/convert/onnx/graph.ts';
import { foredraft, microsoft } from '../../../src-main/convert/onnx/graph.ts';
import type { Tensor } from '../../native/operator-session.ts';
import { OperatorSession } from '../../native/operator-session.ts';
import {
  contestant,
  floats,
  headSize,
  heads,
  ints,
  keyHeads,
  layers,
  linearRows,
  options,
  perLayer,
  race,
} from './race.ts';

const width = (heads + 2 * keyHeads) * headSize;

/** Layers of attention that share everything but their caches. */
function attentionGraph(graph: GraphBuilder, cache: 'float32' | 'float16'): void {
  graph.input('input', 'float32', ['rows', width]);
  for (const name of ['slots', 'prefix', 'positions']) graph.input(name, 'int32', ['rows']);
  graph.input('paths', 'int32', ['rows', 'path']);
  for (const name of ['cos', 'sin']) graph.input(name, 'float32', ['table', headSize / 2]);
  for (const layer of perLayer) {
    const names = [
      'input',
      `key${layer}`,
      `value${layer}`,
      'slots',
      'prefix',
      'paths',
      'positions',
      'cos',
      'sin',
    ];
    const outputs = ['output', 'newkey', 'newvalue'].map((name) => `${name}${layer}`);
    graph.input(`key${layer}`, cache, [keyHeads, 'groups', headSize, 16]);
    graph.input(`value${layer}`, cache, [keyHeads, 'all', headSize]);
    graph.node('Attention', foredraft, names, outputs, { num_heads: heads, kv_num_heads: keyHeads });
    graph.output(outputs[0]!, 'float32', ['rows', heads * headSize]);
    graph.output(outputs[1]!, cache, [keyHeads, 'groups', headSize, 16]);
    graph.output(outputs[2]!, cache, [keyHeads, 'all', headSize]);
  }
}

function groupQueryGraph(graph: GraphBuilder): void {
  graph.input('input', 'float32', [1, 'rows', width]);
  for (const name of ['seqlens', 'total']) graph.input(name, 'int32', [1]);
  for (const name of ['cos', 'sin']) graph.input(name, 'float32', ['table', headSize / 2]);
  for (const layer of perLayer) {
    const names = ['input', '', '', `key${layer}`, `value${layer}`, 'seqlens', 'total', 'cos', 'sin'];
    const outputs = ['output', 'newkey', 'newvalue'].map((name) => `${name}${layer}`);
    for (const name of [`key${layer}`, `value${layer}`])
      graph.input(name, 'float32', [1, keyHeads, 'all', headSize]);
    graph.node('GroupQueryAttention', microsoft, names, outputs, {
      num_heads: heads,
      kv_num_heads: keyHeads,
      do_rotary: 1,
    });
    graph.output(outputs[0]!, 'float32', [1, 'rows', heads * headSize]);
    for (const name of outputs.slice(1)) graph.output(name, 'float32', [1, keyHeads, 'all2', headSize]);
  }
}

/** Attention beside GroupQueryAttention. */
export function attention(): void {
  const theirs = new OperatorSession(groupQueryGraph, options);
  const single = new OperatorSession((graph) => attentionGraph(graph, 'float32'), options);
  const half = new OperatorSession((graph) => attentionGraph(graph, 'float16'), options);
  for (const [context, rowCounts] of [
    [128, [1, 2, 4, 8]],
    [1024, [1, 2, 4, 8]],
    [4000, [1, 2, 4, 8]],
    [0, [512]],
  ] as const) {
    const slots = Math.ceil((context + Math.max(...rowCounts)) / 16) * 16;
    const elements = keyHeads * slots * headSize;
    const caches = [...perLayer, ...perLayer].map(() => new Float32Array(elements).fill(0.01));
    const halves = [...perLayer, ...perLayer].map(() => new Uint16Array(elements).fill(0x2000));
    for (const rows of rowCounts) {
      const tables = { cos: floats(slots, headSize / 2), sin: floats(slots, headSize / 2) };
      const shared = {
        input: floats(rows, width),
        ...linearRows(context, rows),
        ...tables,
      };
      const ours = (
        name: string,
        session: OperatorSession,
        data: readonly (Float32Array | Uint16Array)[],
      ) => {
        const inputs: Record<string, Tensor> = { ...shared };
        const outputs: Record<string, Tensor> = {};
        for (const layer of perLayer) {
          const key = { data: data[2 * layer]!, shape: [keyHeads, slots / 16, headSize, 16] };
          const value = { data: data[2 * layer + 1]!, shape: [keyHeads, slots, headSize] };
          Object.assign(inputs, { [`key${layer}`]: key, [`value${layer}`]: value });
          Object.assign(outputs, { [`newkey${layer}`]: key, [`newvalue${layer}`]: value });
          outputs[`output${layer}`] = floats(rows, heads * headSize);
        }
        return contestant(name, session, inputs, outputs);
      };
      const inputs: Record<string, Tensor> = {
        ...tables,
        input: floats(1, rows, width),
        seqlens: ints([context + rows - 1]),
        total: ints([context + rows]),
      };
      const outputs: Record<string, Tensor> = {};
      for (const layer of perLayer) {
        for (const [name, at] of [
          ['key', 2 * layer],
          ['value', 2 * layer + 1],
        ] as const) {
          const cache = { data: caches[at]!, shape: [1, keyHeads, slots, headSize] };
          inputs[`${name}${layer}`] = cache;
          outputs[`new${name}${layer}`] = cache;
        }
        outputs[`output${layer}`] = floats(1, rows, heads * headSize);
      }
      race(`attention, ${layers} layers, ${context} of context, ${rows} rows`, [
        contestant('GroupQueryAttention', theirs, inputs, outputs),
        ours('ours float32', single, caches),
        ours('ours float16', half, halves),
      ]);
    }
  }
  for (const session of [theirs, single, half]) session.release();
}
