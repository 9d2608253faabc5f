import { foredraft } from '../../src-main/convert/onnx/graph.ts';
import type { SessionOptions } from './operator-session.ts';
import { OperatorSession } from './operator-session.ts';
import type { PackedWeights } from './packed-weights.ts';
import { formats } from './packed-weights.ts';

export const gates = { none: 0, silu: 1, gelu: 2 } as const;

export interface Layer {
  readonly name: string;
  readonly weights: PackedWeights;
  readonly bias: Float32Array;
}

/** What a row goes through before the product. */
export interface Prologue {
  readonly postNorm?: Float32Array;
  readonly skip?: boolean;
  readonly norm?: Float32Array;
  readonly gate?: keyof typeof gates;
}

export interface Row {
  readonly input: Float32Array;
  readonly skip?: Float32Array;
}

/** What a layer makes of a row; sum and norm only where they are asked for. */
export interface Result {
  readonly output: Float32Array;
  readonly sum?: Float32Array;
  readonly normed?: Float32Array;
}

export const epsilon = 1e-5;

/** Loads a graph of one layer; `wanted` are the optional outputs it has. */
export function linearSession(
  { weights, bias }: Layer,
  options: SessionOptions = {},
  { postNorm, skip = false, norm, gate = 'none' }: Prologue = {},
  wanted: readonly ('sum' | 'normed')[] = [],
): OperatorSession {
  const { format, inputs, outputs, bytes } = weights;
  return new OperatorSession((graph) => {
    graph.input('input', 'float32', ['rows', gate === 'none' ? inputs : 2 * inputs]);
    if (skip) graph.input('skip', 'float32', ['rows', inputs]);
    graph.tensor('weights', 'uint8', [bytes.length], [bytes]);
    graph.tensor('bias', 'float32', [outputs], [bias]);
    if (norm) graph.tensor('norm', 'float32', [inputs], [norm]);
    if (postNorm) graph.tensor('post_norm', 'float32', [inputs], [postNorm]);
    const names = [
      'input',
      'weights',
      'bias',
      skip ? 'skip' : '',
      norm ? 'norm' : '',
      postNorm ? 'post_norm' : '',
    ];
    const made = [
      'output',
      ...(['sum', 'normed'] as const).map((name) => (wanted.includes(name) ? name : '')),
    ];
    graph.node('Linear', foredraft, names, made, {
      K: inputs,
      N: outputs,
      format: formats[format],
      gate: gates[gate],
      epsilon: { float: epsilon },
    });
    graph.output('output', 'float32', ['rows', outputs]);
    for (const name of wanted) graph.output(name, 'float32', ['rows', inputs]);
  }, options);
}

/** Runs the rows as one forward. */
export function runRows(
  session: OperatorSession,
  { inputs, outputs }: PackedWeights,
  rows: readonly Row[],
  wanted: readonly ('sum' | 'normed')[] = [],
): Result[] {
  const joined = (parts: readonly Float32Array[]) => {
    const data = new Float32Array(parts.length * parts[0]!.length);
    parts.forEach((part, index) => data.set(part, index * part.length));
    return { data, shape: [parts.length, parts[0]!.length] };
  };
  const empty = (width: number) => ({
    data: new Float32Array(rows.length * width),
    shape: [rows.length, width],
  });
  const skips = rows.flatMap(({ skip }) => (skip ? [skip] : []));
  const made = { output: empty(outputs), ...Object.fromEntries(wanted.map((name) => [name, empty(inputs)])) };
  session.run(
    { input: joined(rows.map(({ input }) => input)), ...(skips.length > 0 ? { skip: joined(skips) } : {}) },
    made,
  );
  const rowOf = ({ data }: { data: Float32Array }, row: number) => {
    const width = data.length / rows.length;
    return data.subarray(row * width, (row + 1) * width);
  };
  return rows.map(
    (_, row) =>
      Object.fromEntries(
        Object.entries(made).map(([name, tensor]) => [name, rowOf(tensor, row)]),
      ) as unknown as Result,
  );
}
