import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { foredraft, standard } from '../../src-main/convert/onnx/graph.ts';
import { differences } from './attention-case.ts';
import { epsilon, gates } from './linear-case.ts';
import { OperatorSession, kernelNames } from './operator-session.ts';
import type { Format, PackedWeights } from './packed-weights.ts';
import { formats, randomWeights } from './packed-weights.ts';
import { generator, normals } from './random.ts';

/** The optional inputs beside an adapter. */
const prologues = {
  none: {},
  bias: { bias: true },
  'norm and bias': { norm: true, bias: true },
  'skip and norm': { skip: true, norm: true },
  silu: { gate: 'silu' },
} as const;
type PrologueName = keyof typeof prologues;
interface Prologue {
  readonly bias?: boolean;
  readonly skip?: boolean;
  readonly norm?: boolean;
  readonly gate?: 'silu';
}

interface Layer {
  readonly name: string;
  readonly weights: PackedWeights;
  readonly a: PackedWeights;
  readonly b: PackedWeights;
  readonly vectors: Readonly<Record<'bias' | 'norm', Float32Array>>;
}

const sizes: readonly (readonly [format: Format, inputs: number, outputs: number, rank: number])[] = [
  ['bits8', 576, 200, 32],
  ['bits8', 32, 16, 64],
  ['bits4', 576, 960, 32],
  ['bits4', 64, 5, 96],
  ['bits4', 1536, 48, 32],
  ['bits4Nested', 256, 40, 32],
  ['bits8Nested', 256, 40, 32],
  ['bits8Nested', 1536, 200, 64],
];
const layers = sizes.map(([format, inputs, outputs, rank]): Layer => {
  const random = generator(inputs + outputs + rank);
  return {
    name: `${format} ${inputs} x ${outputs}, rank ${rank}`,
    weights: randomWeights(format, inputs, outputs, random),
    a: randomWeights('bits8', inputs, rank, random),
    b: randomWeights('bits8', rank, outputs, random),
    vectors: { bias: normals(outputs, random), norm: normals(inputs, random).map((value) => 1 + value / 4) },
  };
});

/** One node with an adapter, one without, or the nodes that compute the same one after another. */
type Kind = 'adapter' | 'stock' | 'nodes';
const sessions = new Map<string, OperatorSession>();
afterAll(() => sessions.forEach((made) => made.release()));

function sessionOf(kind: Kind, layer: Layer, name: PrologueName, kernels: string, threads: number) {
  const key = [kind, layer.name, name, kernels, threads].join();
  const made = sessions.get(key) ?? build(kind, layer, prologues[name], { kernels, threads });
  sessions.set(key, made);
  return made;
}

function build(
  kind: Kind,
  { weights, a, b, vectors }: Layer,
  { bias = false, skip = false, norm = false, gate }: Prologue,
  options: { readonly kernels: string; readonly threads: number },
): OperatorSession {
  const { inputs, outputs } = weights;
  return new OperatorSession((graph) => {
    graph.input('input', 'float32', ['rows', gate ? 2 * inputs : inputs]);
    if (skip) graph.input('skip', 'float32', ['rows', inputs]);
    for (const [name, { bytes }] of Object.entries({ weights, a, b }))
      graph.tensor(name, 'uint8', [bytes.length], [bytes]);
    if (bias) graph.tensor('bias', 'float32', [outputs], [vectors.bias]);
    if (norm) graph.tensor('norm', 'float32', [inputs], [vectors.norm]);
    const attributes = {
      ...{ K: inputs, N: outputs, format: formats[weights.format] },
      ...{ gate: gates[gate ?? 'none'], epsilon: { float: epsilon } },
    };
    const names = ['input', 'weights', bias ? 'bias' : '', skip ? 'skip' : '', norm ? 'norm' : ''];
    if (kind === 'adapter') {
      const rank = a.outputs;
      graph.node('Linear', foredraft, [...names, '', 'a', 'b'], ['output'], { ...attributes, rank });
    } else if (kind === 'stock') graph.node('Linear', foredraft, names, ['output'], attributes);
    else {
      graph.node('Linear', foredraft, names, ['base'], attributes);
      // The same prologue again: its result isn't an output of a gated node.
      graph.node('Linear', foredraft, [names[0]!, 'a', '', ...names.slice(3)], ['low'], {
        ...attributes,
        ...{ N: a.outputs, format: formats.bits8 },
      });
      graph.node('Linear', foredraft, ['low', 'b'], ['added'], { K: b.inputs, N: outputs, format: 0 });
      graph.node('Add', standard, ['base', 'added'], ['output']);
    }
    graph.output('output', 'float32', ['rows', outputs]);
  }, options);
}

interface Rows {
  readonly count: number;
  readonly input: Float32Array;
  readonly skip: Float32Array;
}

function randomRows(count: number, { weights }: Layer, name: PrologueName, random: () => number): Rows {
  const { gate }: Prologue = prologues[name];
  const vectors = (width: number) => normals(count * width, random).map((value) => 3 * value);
  return { count, input: vectors((gate ? 2 : 1) * weights.inputs), skip: vectors(weights.inputs) };
}

function run(
  kind: Kind,
  layer: Layer,
  name: PrologueName,
  { count, input, skip }: Rows,
  kernels = kernelNames[0]!,
  threads = 1,
): Float32Array {
  const { skip: skips = false }: Prologue = prologues[name];
  const { inputs, outputs } = layer.weights;
  const output = { data: new Float32Array(count * outputs), shape: [count, outputs] };
  sessionOf(kind, layer, name, kernels, threads).run(
    {
      input: { data: input, shape: [count, input.length / count] },
      ...(skips ? { skip: { data: skip, shape: [count, inputs] } } : {}),
    },
    { output },
  );
  return output.data;
}

const cases = fc.record({
  layer: fc.constantFrom(...layers),
  name: fc.constantFrom(...(Object.keys(prologues) as PrologueName[])),
  count: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constantFrom(65, 130)),
  threads: fc.integer({ min: 1, max: 4 }),
  seed: fc.integer(),
});

describe('an adapter', () => {
  test.each(kernelNames)('gives the bits of its products added, with the kernels %s', (kernels) => {
    fc.assert(
      fc.property(cases, ({ layer, name, count, threads, seed }) => {
        const rows = randomRows(count, layer, name, generator(seed));
        const expected = run('nodes', layer, name, rows);
        const found = run('adapter', layer, name, rows, kernels, threads);
        expect(differences([found], [expected])).toBe(0);
        // Negative control.
        expect(differences([found], [run('stock', layer, name, rows)])).toBeGreaterThan(0);
      }),
      { numRuns: 40 },
    );
  });

  test('gives a row the same bits alone and among others', () => {
    fc.assert(
      fc.property(cases, ({ layer, name, count, threads, seed }) => {
        const rows = randomRows(count, layer, name, generator(seed));
        const together = run('adapter', layer, name, rows, kernelNames[0], threads);
        const part = <T extends Float32Array>(of: T, row: number) =>
          of.slice((row * of.length) / count, ((row + 1) * of.length) / count);
        const row = Math.abs(seed) % count;
        const alone = { count: 1, input: part(rows.input, row), skip: part(rows.skip, row) };
        expect(differences([run('adapter', layer, name, alone)], [part(together, row)])).toBe(0);
      }),
      { numRuns: 60 },
    );
  });
});
