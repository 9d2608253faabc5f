/**
 * `npm run bench:operators [-- ROUNDS [attention | linear]]`: the operators of native/ beside ONNX Runtime's kernels, at the shapes of
 * SmolLM2 135M. Rounds of both are interleaved; the table has medians (minima) in milliseconds.
 */
import os from 'node:os';
import process from 'node:process';
import type { GraphBuilder } from '../../src-main/convert/onnx/graph.ts';
import { foredraft, microsoft } from '../../src-main/convert/onnx/graph.ts';
import type { Tensor, Tensors } from '../native/operator-session.ts';
import { OperatorSession, kernelNames } from '../native/operator-session.ts';
import { generator } from '../native/random.ts';
import { formats } from '../native/packed-weights.ts';

const rounds = Number(process.argv[2] ?? 15);
const threads = Number(process.env['BENCH_THREADS'] ?? Math.min(4, os.cpus().length));
const kernels = process.env['BENCH_KERNELS'] ?? kernelNames[0]!;
const layers = 30;
const heads = 9;
const keyHeads = 3;
const headSize = 64;
const width = (heads + 2 * keyHeads) * headSize;

const random = generator(1);

interface Contestant {
  readonly name: string;
  readonly bound: { run(): void; release(): void };
  readonly times: number[];
}

function contestant(name: string, session: OperatorSession, inputs: Tensors, outputs: Tensors): Contestant {
  return { name, bound: session.bind(inputs, outputs), times: [] };
}

function median(times: readonly number[]): string {
  const sorted = [...times].sort((left, right) => left - right);
  return `${sorted[sorted.length >> 1]!.toFixed(2)} (${sorted[0]!.toFixed(2)})`;
}

/** Runs the contestants in turns and prints a line. */
function race(title: string, contestants: readonly Contestant[]): void {
  for (let round = -2; round < rounds; round++) {
    for (const { bound, times } of contestants) {
      const start = performance.now();
      bound.run();
      if (round >= 0) times.push(performance.now() - start);
    }
  }
  console.log(`${title}: ${contestants.map(({ name, times }) => `${name} ${median(times)}`).join(' | ')}`);
  for (const { bound } of contestants) bound.release();
}

const floats = (...shape: number[]): Tensor => ({
  data: new Float32Array(shape.reduce((product, size) => product * size, 1)).fill(0.01),
  shape,
});
const ints = (values: number[], shape = [values.length]): Tensor => ({
  data: Int32Array.from(values),
  shape,
});
const perLayer = Array.from({ length: layers }, (_, layer) => layer);

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

function attention(): void {
  const options = { threads, kernels };
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
      const index = Array.from({ length: rows }, (_, row) => row);
      const tables = { cos: floats(slots, headSize / 2), sin: floats(slots, headSize / 2) };
      const shared = {
        input: floats(rows, width),
        slots: ints(index.map((row) => context + row)),
        prefix: ints(index.map((row) => context + row + 1)),
        positions: ints(index.map((row) => context + row)),
        paths: ints(
          index.map(() => -1),
          [rows, 1],
        ),
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

/** Different in each layer: ONNX Runtime shares equal ones. No scale made of it is infinite. */
const randomBytes = (size: number) => new Uint8Array(size).map(() => Math.floor(random() * 120));

/** Copies of a layer that together exceed the caches, as a model's layers do. */
function linear(inputs: number, outputs: number, copies: number): void {
  const options = { threads, kernels };
  const names = Array.from({ length: copies }, (_, copy) => `output${copy}`);
  const blocks = inputs / 32;
  const graphOf = (node: (graph: GraphBuilder, output: string) => void) =>
    new OperatorSession((graph) => {
      graph.input('input', 'float32', ['rows', inputs]);
      for (const output of names) {
        node(graph, output);
        graph.output(output, 'float32', ['rows', outputs]);
      }
    }, options);
  const ours = (format: 'bits8' | 'bits4', stripBytes: number) =>
    graphOf((graph, output) => {
      const size = (outputs / 16) * stripBytes;
      graph.tensor(`${output}.w`, 'uint8', [size], [randomBytes(size)]);
      graph.node('Linear', foredraft, ['input', `${output}.w`], [output], {
        K: inputs,
        N: outputs,
        format: formats[format],
      });
    });
  const theirs = (bits: number) =>
    graphOf((graph, output) => {
      const size = (outputs * inputs * bits) / 8;
      graph.tensor(`${output}.w`, 'uint8', [outputs, blocks, 4 * bits], [randomBytes(size)]);
      graph.tensor(
        `${output}.s`,
        'float32',
        [outputs * blocks],
        [new Float32Array(outputs * blocks).fill(0.01)],
      );
      graph.node('MatMulNBits', microsoft, ['input', `${output}.w`, `${output}.s`], [output], {
        K: inputs,
        N: outputs,
        bits,
        block_size: 32,
        accuracy_level: 4,
      });
    });
  const sessions = [
    ['MatMulNBits 8', theirs(8)],
    ['ours 8', ours('bits8', blocks * 544)],
    ['MatMulNBits 4', theirs(4)],
    ['ours 4', ours('bits4', blocks * 320)],
  ] as const;
  for (const rows of [1, 2, 4, 8, 64]) {
    race(
      `linear, ${copies} of ${inputs} x ${outputs}, ${rows} rows`,
      sessions.map(([name, session]) =>
        contestant(
          name,
          session,
          { input: floats(rows, inputs) },
          Object.fromEntries(names.map((output) => [output, floats(rows, outputs)])),
        ),
      ),
    );
  }
  for (const [, session] of sessions) session.release();
}

console.log(`kernels ${kernels}, ${threads} threads, ${rounds} rounds, load ${os.loadavg()[0]!.toFixed(1)}`);
const part = process.argv[3];
if (part !== 'linear') attention();
if (part !== 'attention') {
  for (const [inputs, outputs, copies] of [
    [576, 960, 30],
    [576, 3072, 30],
    [1536, 576, 30],
    [576, 49152, 1],
  ] as const) {
    linear(inputs, outputs, copies);
  }
}
