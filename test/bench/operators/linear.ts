import type { GraphBuilder } from '../../../src-main/convert/onnx/graph.ts';
import { foredraft, microsoft } from '../../../src-main/convert/onnx/graph.ts';
import { OperatorSession } from '../../native/operator-session.ts';
import { formats } from '../../native/packed-weights.ts';
import { generator } from '../../native/random.ts';
import { contestant, floats, options, race } from './race.ts';

const random = generator(1);

/** Different in each layer: ONNX Runtime shares equal ones. No scale made of it is infinite. */
const randomBytes = (size: number) => new Uint8Array(size).map(() => Math.floor(random() * 120));

/** Linear beside MatMulNBits: copies of a layer that together exceed the caches, as a model's layers do. */
export function linear(inputs: number, outputs: number, copies: number): void {
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
