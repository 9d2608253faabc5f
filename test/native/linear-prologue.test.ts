import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { differences } from './attention-case.ts';
import { relativeError } from './attention-reference.ts';
import type { Layer, Prologue, Row } from './linear-case.ts';
import { epsilon, linearSession, runRows } from './linear-case.ts';
import type { OperatorSession } from './operator-session.ts';
import { kernelNames } from './operator-session.ts';
import { randomWeights } from './packed-weights.ts';
import { generator, normals } from './random.ts';

const inputs = 576;
const random = generator(1);
const layer: Layer = {
  name: 'layer',
  weights: randomWeights('bits8', inputs, 48, random),
  bias: normals(48, random),
};
const gains = (count: number) => normals(count, random).map((value) => 1 + value / 4);
const norm = gains(inputs);
const postNorm = gains(inputs);
const prologues: Readonly<Record<string, Prologue>> = {
  norm: { norm },
  'skip and norm': { skip: true, norm },
  'norm, skip and norm': { postNorm, skip: true, norm },
  'norm and skip': { postNorm, skip: true },
  silu: { gate: 'silu' },
  gelu: { gate: 'gelu' },
};
const names = Object.keys(prologues);

const sessions = new Map<string, OperatorSession>();
afterAll(() => sessions.forEach((made) => made.release()));

const wanted = (prologue: Prologue) => (prologue.gate ? [] : (['sum', 'normed'] as const));

/** The layer's results for `rows`, as one forward. */
function run(name: string, rows: readonly Row[], kernels = kernelNames[0]!, threads = 1) {
  const prologue = prologues[name] ?? {};
  const key = `${name} ${kernels} ${threads}`;
  const session = sessions.get(key) ?? linearSession(layer, { kernels, threads }, prologue, wanted(prologue));
  sessions.set(key, session);
  return runRows(session, layer.weights, rows, wanted(prologue));
}

/** Every number of the results, row by row. */
const flat = (results: ReturnType<typeof run>) =>
  results.flatMap((result) => Object.values(result) as Float32Array[]);

function randomRows(count: number, { gate, skip }: Prologue, next: () => number): Row[] {
  const vector = (length: number) => {
    const scale = 10 ** (4 * next() - 2);
    return normals(length, next).map((value) => value * scale);
  };
  return Array.from({ length: count }, () => ({
    input: gate
      ? Float32Array.from([...normals(inputs, next).map((value) => 4 * value), ...vector(inputs)])
      : vector(inputs),
    ...(skip ? { skip: vector(inputs) } : {}),
  }));
}

const cases = fc.record({ name: fc.constantFrom(...names), seed: fc.integer() });

describe('the same bits', () => {
  test('a row is the same alone and among others, on 1 to 4 threads', () => {
    fc.assert(
      fc.property(
        cases,
        fc.integer({ min: 2, max: 40 }),
        fc.integer({ min: 1, max: 4 }),
        ({ name, seed }, count, threads) => {
          const rows = randomRows(count, prologues[name]!, generator(seed));
          const alone = rows.flatMap((row) => flat(run(name, [row])));
          expect(differences(alone, flat(run(name, rows, kernelNames[0], threads)))).toBe(0);
        },
      ),
      { numRuns: 30 },
    );
  });

  test.each(kernelNames.slice(1))('the kernels %s equal the fastest ones', (kernels) => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 1, max: 17 }), ({ name, seed }, count) => {
        const rows = randomRows(count, prologues[name]!, generator(seed));
        expect(differences(flat(run(name, rows)), flat(run(name, rows, kernels)))).toBe(0);
      }),
      { numRuns: 25 },
    );
  });

  test('extreme rows, on all kernels', () => {
    for (const name of names) {
      const { gate, skip } = prologues[name]!;
      const rows = [0, -0, 1, -1, 1e15, -1e15, 1e-30, -1e-40, 88, -88].map((value): Row => ({
        input: new Float32Array(gate ? 2 * inputs : inputs).fill(value),
        ...(skip ? { skip: new Float32Array(inputs).fill(-value / 2) } : {}),
      }));
      const fastest = flat(run(name, rows));
      for (const kernels of kernelNames.slice(1)) {
        expect(differences(fastest, flat(run(name, rows, kernels))), `${name}, ${kernels}`).toBe(0);
      }
    }
  });

  test('a row that is not a number stays so, on all kernels', () => {
    const input = new Float32Array(inputs).fill(1);
    input[100] = NaN;
    for (const kernels of kernelNames)
      expect(run('norm', [{ input }], kernels)[0]!.output.every(Number.isNaN), kernels).toBe(true);
  });

  test('the product is that of the normed row alone', () => {
    for (const name of names.filter((each) => !prologues[each]!.gate)) {
      const results = run(name, randomRows(5, prologues[name]!, generator(2)));
      const plain = run(
        'plain',
        results.map(({ normed }) => ({ input: normed! })),
      );
      expect(
        differences(
          plain.map(({ output }) => output),
          results.map(({ output }) => output),
        ),
        name,
      ).toBe(0);
    }
  });

  test('the sum is the one of float32, and is the row before the norm', () => {
    const rows = randomRows(3, { skip: true }, generator(3));
    const sums = rows.map(({ input, skip }) => input.map((value, at) => value + skip![at]!));
    const results = run('skip and norm', rows);
    expect(
      differences(
        results.map(({ sum }) => sum!),
        sums,
      ),
    ).toBe(0);
    const normed = run(
      'norm',
      sums.map((input) => ({ input })),
    );
    expect(
      differences(
        results.map((result) => result.normed!),
        normed.map((result) => result.normed!),
      ),
    ).toBe(0);
  });
});

test('the comparison finds a norm before the addition instead of after it', () => {
  const [row] = randomRows(1, { skip: true }, generator(4));
  const moved = run('norm', [{ input: row!.input }])[0]!.normed!.map((value, at) => value + row!.skip![at]!);
  expect(differences([run('skip and norm', [row!])[0]!.normed!], [moved])).toBeGreaterThan(inputs / 2);
});

/** The row before and after the norm, in float64. */
function exactly(row: Row, prologue: Prologue): { sum: Float64Array; normed: Float64Array } {
  const rms = (x: Float64Array<ArrayBuffer>, weights: Float32Array | undefined) => {
    if (!weights) return x;
    const mean = x.reduce((total, value) => total + value * value, 0) / x.length;
    return x.map((value, at) => (value / Math.sqrt(mean + epsilon)) * weights[at]!);
  };
  let sum = Float64Array.from(row.input.subarray(0, inputs));
  if (prologue.gate) {
    const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
    const activate = (x: number) =>
      prologue.gate === 'silu'
        ? x * sigmoid(x)
        : (x / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));
    sum = sum.map((value, at) => activate(value) * row.input[inputs + at]!);
  }
  sum = rms(sum, prologue.postNorm);
  if (row.skip) sum = sum.map((value, at) => value + row.skip![at]!);
  return { sum, normed: rms(sum, prologue.norm) };
}

describe('against float64', () => {
  test.each(names)('%s', (name) => {
    const prologue = prologues[name]!;
    const rows = randomRows(8, prologue, generator(6));
    const exact = rows.map((row) => exactly(row, prologue));
    const results = run(name, rows);
    if (!prologue.gate) {
      expect(
        relativeError(
          results.map(({ sum }) => sum!),
          exact.map(({ sum }) => sum),
        ),
      ).toBeLessThan(1e-7);
      expect(
        relativeError(
          results.map(({ normed }) => normed!),
          exact.map(({ normed }) => normed),
        ),
      ).toBeLessThan(2e-7);
    }
    // The same product of the exact row: where the row's last bits differ, a code may round to its neighbour.
    const plain = run(
      'plain',
      exact.map(({ normed }) => ({ input: Float32Array.from(normed) })),
    );
    const outputs = plain.map(({ output }) => Float64Array.from(output));
    expect(
      relativeError(
        results.map(({ output }) => output),
        outputs,
      ),
    ).toBeLessThan(1e-4);
  });
});
