import os from 'node:os';
import process from 'node:process';
import type { OperatorSession, Tensor, Tensors } from '../../native/operator-session.ts';
import { kernelNames } from '../../native/operator-session.ts';

export const rounds = Number(process.argv[2] ?? 15);
export const options = {
  threads: Number(process.env['BENCH_THREADS'] ?? Math.min(4, os.cpus().length)),
  kernels: process.env['BENCH_KERNELS'] ?? kernelNames[0]!,
  spinning: true,
};

/** SmolLM2 135M. */
export const layers = 30;
export const heads = 9;
export const keyHeads = 3;
export const headSize = 64;
export const perLayer = Array.from({ length: layers }, (_, layer) => layer);

export interface Contestant {
  readonly name: string;
  readonly bound: { run(): void; release(): void };
  readonly times: number[];
}

export function contestant(
  name: string,
  session: OperatorSession,
  inputs: Tensors,
  outputs: Tensors,
): Contestant {
  return { name, bound: session.bind(inputs, outputs), times: [] };
}

function median(times: readonly number[]): string {
  const sorted = [...times].sort((left, right) => left - right);
  return `${sorted[sorted.length >> 1]!.toFixed(2)} (${sorted[0]!.toFixed(2)})`;
}

/** Runs the contestants in turns and prints a line. */
export function race(title: string, contestants: readonly Contestant[]): void {
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

export const floats = (...shape: number[]): Tensor => ({
  data: new Float32Array(shape.reduce((product, size) => product * size, 1)).fill(0.01),
  shape,
});
export const ints = (values: number[], shape = [values.length]): Tensor => ({
  data: Int32Array.from(values),
  shape,
});

/** Where Attention stores `rows` rows after `context` others, and what they attend to, without a tree. */
export function linearRows(context: number, rows: number): Tensors {
  const places = Array.from({ length: rows }, (_, row) => context + row);
  return {
    slots: ints(places),
    prefix: ints(places.map((place) => place + 1)),
    positions: ints(places),
    paths: ints(
      places.map(() => -1),
      [rows, 1],
    ),
  };
}
