import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { microsoft } from '../../src-main/convert/onnx/graph.ts';
import { differences } from './attention-case.ts';
import { relativeError } from './attention-reference.ts';
import type { Layer } from './linear-case.ts';
import { linearSession, runRows } from './linear-case.ts';
import { OperatorSession, kernelNames } from './operator-session.ts';
import type { Format, PackedWeights } from './packed-weights.ts';
import { randomWeights } from './packed-weights.ts';
import { generator, normals } from './random.ts';

const sizes: Readonly<Record<Format, readonly (readonly [inputs: number, outputs: number])[]>> = {
  bits8: [
    [576, 200],
    [32, 16],
    [1536, 48],
  ],
  bits4: [
    [576, 200],
    [64, 5],
    [1536, 48],
  ],
  bits4Nested: [
    [256, 40],
    [1536, 200],
  ],
  bits8Nested: [
    [256, 40],
    [1536, 200],
  ],
};
const layers: Layer[] = (Object.keys(sizes) as Format[]).flatMap((format) =>
  sizes[format].map(([inputs, outputs]) => {
    const random = generator(inputs + outputs);
    const weights = randomWeights(format, inputs, outputs, random);
    return { name: `${format} ${inputs} x ${outputs}`, weights, bias: normals(outputs, random) };
  }),
);
const sessions = new Map<string, OperatorSession>();
afterAll(() => sessions.forEach((made) => made.release()));

/** The outputs of `rows`, as one forward of `layer`. */
function multiply(
  layer: Layer,
  rows: readonly Float32Array[],
  kernels = kernelNames[0]!,
  threads = 1,
): Float32Array[] {
  const key = `${layer.name} ${kernels} ${threads}`;
  const session = sessions.get(key) ?? linearSession(layer, { kernels, threads });
  sessions.set(key, session);
  return outputsOf(session, layer.weights, rows);
}

function outputsOf(
  session: OperatorSession,
  weights: PackedWeights,
  rows: readonly Float32Array[],
): Float32Array[] {
  return runRows(
    session,
    weights,
    rows.map((input) => ({ input })),
  ).map(({ output }) => output);
}

function randomRows(count: number, { weights }: Layer, random: () => number): Float32Array[] {
  return Array.from({ length: count }, () => {
    const scale = 10 ** (4 * random() - 2);
    return normals(weights.inputs, random).map((value) => value * scale);
  });
}

const cases = fc.record({ layer: fc.constantFrom(...layers), seed: fc.integer() });

describe('the same bits', () => {
  test('a row is the same alone and among others, on 1 to 4 threads', () => {
    fc.assert(
      fc.property(
        cases,
        fc.integer({ min: 2, max: 70 }),
        fc.integer({ min: 1, max: 4 }),
        ({ layer, seed }, count, threads) => {
          const rows = randomRows(count, layer, generator(seed));
          const alone = rows.flatMap((row) => multiply(layer, [row]));
          expect(differences(alone, multiply(layer, rows, kernelNames[0], threads))).toBe(0);
          const cut = 1 + (Math.abs(seed) % (count - 1));
          const parts = [...multiply(layer, rows.slice(0, cut)), ...multiply(layer, rows.slice(cut))];
          expect(differences(alone, parts)).toBe(0);
        },
      ),
      { numRuns: 50 },
    );
  });

  test.each(kernelNames.slice(1))('the kernels %s equal the fastest ones', (kernels) => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 1, max: 17 }), ({ layer, seed }, count) => {
        const rows = randomRows(count, layer, generator(seed));
        expect(differences(multiply(layer, rows), multiply(layer, rows, kernels))).toBe(0);
      }),
      { numRuns: 25 },
    );
  });

  test('the extremes of every code and of activations, on all kernels', () => {
    for (const layer of layers) {
      const { inputs } = layer.weights;
      const rows = [0, 1, -1, 1e30, -1e-30, 1e-40].map((value) => new Float32Array(inputs).fill(value));
      rows.push(Float32Array.from({ length: inputs }, (_, index) => (index % 2 ? 127 : -127)));
      for (const kernels of kernelNames.slice(1)) {
        expect(differences(multiply(layer, rows), multiply(layer, rows, kernels)), kernels).toBe(0);
      }
    }
  });
});

test('the comparison finds blocks summed in another order', () => {
  const layer = layers.find(({ name }) => name === 'bits8 1536 x 48')!;
  const { weights } = layer;
  const blocks = weights.inputs / 32;
  const stripBytes = weights.bytes.length / 3;
  const bytes = weights.bytes.slice();
  // The first two blocks change places, in the weights and in the input: the same sum in another order.
  for (let strip = 0; strip < weights.bytes.length; strip += stripBytes) {
    for (const [start, size] of [
      [strip, 512],
      [strip + blocks * 512, 32],
    ] as const) {
      bytes.set(weights.bytes.subarray(start, start + size), start + size);
      bytes.set(weights.bytes.subarray(start + size, start + 2 * size), start);
    }
  }
  const swapped = { ...layer, name: 'swapped', weights: { ...weights, bytes } };
  const [row] = randomRows(1, layer, generator(5));
  const moved = Float32Array.from([...row!.subarray(32, 64), ...row!.subarray(0, 32), ...row!.subarray(64)]);
  const [left, right] = [multiply(layer, [row!]), multiply(swapped, [moved])];
  expect(differences(left, right)).toBeGreaterThan(0);
  left[0]!.forEach((value, index) =>
    expect(Math.abs(value - right[0]![index]!)).toBeLessThan(1e-4 * Math.max(1, Math.abs(value))),
  );
});

/** Outputs in float64, of the dequantized weights and the unquantized activations. */
function exactly({ weights, bias }: Layer, rows: readonly Float32Array[]): Float64Array[] {
  const { inputs, outputs, values } = weights;
  return rows.map((row) =>
    Float64Array.from({ length: outputs }, (_, output) => {
      let sum = bias[output]!;
      for (let k = 0; k < inputs; k++) sum += row[k]! * values[output * inputs + k]!;
      return sum;
    }),
  );
}

/** MatMulNBits of ONNX Runtime with the same weights; its 4 bits have a zero point of 8. */
function matMulNBits({ weights, bias }: Layer, rows: readonly Float32Array[]): Float32Array[] {
  const { format, inputs, outputs, codes, scales, scaleInputs } = weights;
  const bits = format === 'bits8' || format === 'bits8Nested' ? 8 : 4;
  const packed = new Uint8Array((outputs * inputs * bits) / 8);
  codes.forEach((code, index) => {
    if (bits === 8) packed[index] = code + 128;
    else packed[index >> 1]! |= index % 2 ? code << 4 : code;
  });
  const session = new OperatorSession((graph) => {
    graph.input('input', 'float32', ['rows', inputs]);
    graph.tensor('weights', 'uint8', [outputs, inputs / scaleInputs, (scaleInputs * bits) / 8], [packed]);
    graph.tensor('scales', 'float32', [scales.length], [scales]);
    graph.tensor('bias', 'float32', [outputs], [bias]);
    graph.node('MatMulNBits', microsoft, ['input', 'weights', 'scales', '', '', 'bias'], ['output'], {
      K: inputs,
      N: outputs,
      bits,
      block_size: scaleInputs,
      accuracy_level: 4,
    });
    graph.output('output', 'float32', ['rows', outputs]);
  });
  const result = outputsOf(session, weights, rows);
  session.release();
  return result;
}

describe('against float64', () => {
  test.each(layers.map((layer) => [layer.name, layer] as const))(
    '%s: no worse than MatMulNBits',
    (name, { weights }) => {
      const { format, inputs, outputs } = weights;
      const random = generator(1);
      const same = randomWeights(format, inputs, outputs, random, true);
      const layer = { name: `${name} centred`, weights: same, bias: normals(outputs, random) };
      const rows = Array.from({ length: 8 }, () => normals(inputs, random));
      const exact = exactly(layer, rows);
      const ours = relativeError(multiply(layer, rows), exact);
      const theirs = relativeError(matMulNBits(layer, rows), exact);
      // Both round the activations alike, which is nearly all of the error; sums differ in their last bits.
      // MatMulNBits rounds them in blocks of as many as share a weight's scale, which for bits8Nested are 16.
      expect(ours).toBeLessThan(theirs * (format === 'bits8Nested' ? 1.15 : 1.001));
      expect(ours).toBeLessThan(0.02);
    },
  );

  test.each(layers.map((layer) => [layer.name, layer] as const))(
    '%s: only activations are rounded',
    (_, layer) => {
      // Whole numbers up to 127 in each block are their own codes.
      const random = generator(3);
      const rows = Array.from({ length: 3 }, () =>
        Float32Array.from({ length: layer.weights.inputs }, (_, k) =>
          k % 32 === 0 ? 127 : Math.round(random() * 254) - 127,
        ),
      );
      expect(relativeError(multiply(layer, rows), exactly(layer, rows))).toBeLessThan(1e-6);
    },
  );
});
