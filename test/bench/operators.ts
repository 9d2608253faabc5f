/**
 * `npm run bench:operators [-- ROUNDS [attention | linear | token]]`: the operators of native/ beside ONNX Runtime's kernels, at the shapes of
 * SmolLM2 135M. Rounds of both are interleaved; the table has medians (minima) in milliseconds.
 */
import os from 'node:os';
import process from 'node:process';
import { attention } from './operators/attention.ts';
import { linear } from './operators/linear.ts';
import { options, rounds } from './operators/race.ts';
import { token } from './operators/token.ts';

const { kernels, threads } = options;
console.log(`kernels ${kernels}, ${threads} threads, ${rounds} rounds, load ${os.loadavg()[0]!.toFixed(1)}`);
const part = process.argv[3];
if (part === undefined || part === 'token') for (const format of ['bits8', 'bits4'] as const) token(format);
if (part === undefined || part === 'attention') attention();
if (part === undefined || part === 'linear') {
  for (const [inputs, outputs, copies] of [
    [576, 960, 30],
    [576, 3072, 30],
    [1536, 576, 30],
    [576, 49152, 1],
  ] as const) {
    linear(inputs, outputs, copies);
  }
}
