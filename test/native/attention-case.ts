import { foredraft } from '../../src-main/convert/onnx/graph.ts';
import type { SessionOptions, Tensor } from './operator-session.ts';
import { OperatorSession } from './operator-session.ts';
import { fromHalf, generator, normals, toHalf } from './random.ts';

export interface AttentionShape {
  readonly heads: number;
  readonly keyHeads: number;
  readonly headSize: number;
  readonly half?: boolean;
  readonly window?: number;
  readonly softCap?: number;
  /** Queries and keys go through an RMS norm. */
  readonly norms?: boolean;
  readonly epsilon?: number;
  /** Slots of the cache, a multiple of 16. */
  readonly slots: number;
}

/** A row of a forward: which token, stored where, and the slots that it sees. */
export interface Row {
  readonly token: number;
  readonly slot: number;
  /** Slots 0 to prefix - 1, then those of the path. */
  readonly prefix: number;
  readonly path?: readonly number[];
  readonly position: number;
}

const rotaryBase = 10_000;

/** Loads a graph of one attention node; several threads and kernels compute the same. */
export function attentionSession(shape: AttentionShape, options: SessionOptions = {}): OperatorSession {
  const { heads, keyHeads, headSize, half = false, window = 0, softCap = 0, norms, epsilon = 1e-6 } = shape;
  const cache = half ? 'float16' : 'float32';
  const names = ['input', 'past_key', 'past_value', 'slots', 'prefix', 'paths', 'positions', 'cos', 'sin'];
  const normNames = norms ? ['query_norm', 'key_norm'] : [];
  return new OperatorSession((graph) => {
    graph.input('input', 'float32', ['rows', (heads + 2 * keyHeads) * headSize]);
    graph.input('past_key', cache, [keyHeads, 'groups', headSize, 16]);
    graph.input('past_value', cache, [keyHeads, 'slots', headSize]);
    graph.input('slots', 'int32', ['rows']);
    graph.input('prefix', 'int32', ['rows']);
    graph.input('paths', 'int32', ['rows', 'path']);
    graph.input('positions', 'int32', ['rows']);
    graph.input('cos', 'float32', ['table', headSize / 2]);
    graph.input('sin', 'float32', ['table', headSize / 2]);
    for (const name of normNames) graph.input(name, 'float32', ['head']);
    graph.node('Attention', foredraft, [...names, ...normNames], ['output', 'present_key', 'present_value'], {
      num_heads: heads,
      kv_num_heads: keyHeads,
      local_window_size: window,
      softcap: { float: softCap },
      epsilon: { float: epsilon },
    });
    graph.output('output', 'float32', ['rows', heads * headSize]);
    graph.output('present_key', cache, [keyHeads, 'groups', headSize, 16]);
    graph.output('present_value', cache, [keyHeads, 'slots', headSize]);
  }, options);
}

/** The rotary tables of positions 0 to slots - 1. */
export function rotaryTables({ headSize, slots }: AttentionShape): { cos: Float32Array; sin: Float32Array } {
  const half = headSize / 2;
  const angle = (index: number) =>
    Math.floor(index / half) * rotaryBase ** ((-2 * (index % half)) / headSize);
  return {
    cos: Float32Array.from({ length: slots * half }, (_, index) => Math.cos(angle(index))),
    sin: Float32Array.from({ length: slots * half }, (_, index) => Math.sin(angle(index))),
  };
}

/** Random tokens (queries, keys and values) and a cache whose first `past` slots hold the keys and values of as many tokens. */
export class AttentionCase {
  readonly shape: AttentionShape;
  readonly past: number;
  readonly width: number;
  /** Input of each token after the past ones. */
  readonly tokens: Float32Array;
  readonly keys: Float32Array | Uint16Array;
  readonly values: Float32Array | Uint16Array;
  /** Weights of the norms of queries and keys; used where the shape has norms. */
  readonly norms: { readonly query: Float32Array; readonly key: Float32Array };
  readonly tables: { readonly cos: Float32Array; readonly sin: Float32Array };

  constructor(shape: AttentionShape, past: number, tokens: number, seed: number) {
    const { heads, keyHeads, headSize, slots, half } = shape;
    const random = generator(seed);
    this.shape = shape;
    this.past = past;
    this.width = (heads + 2 * keyHeads) * headSize;
    this.tokens = normals(tokens * this.width, random);
    this.tables = rotaryTables(shape);
    const gains = () => normals(headSize, random).map((value) => 1 + value / 4);
    this.norms = { query: gains(), key: gains() };
    const numbers = normals(2 * keyHeads * past * headSize, random);
    // What no row may see would show at once.
    this.keys = half
      ? new Uint16Array(keyHeads * slots * headSize).fill(0x7e00)
      : new Float32Array(keyHeads * slots * headSize).fill(NaN);
    this.values = this.keys.slice();
    const stored = (value: number) => (half ? toHalf(value) : value);
    let at = 0;
    for (let head = 0; head < keyHeads; head++) {
      for (let slot = 0; slot < past; slot++) {
        for (let d = 0; d < headSize; d++) {
          this.keys[this.keyIndex(head, slot, d)] = stored(numbers[at++]!);
          this.values[this.valueIndex(head, slot, d)] = stored(numbers[at++]!);
        }
      }
    }
  }

  keyIndex(head: number, slot: number, d: number): number {
    const { slots, headSize } = this.shape;
    return (head * slots + slot - (slot % 16)) * headSize + d * 16 + (slot % 16);
  }

  valueIndex(head: number, slot: number, d: number): number {
    return (head * this.shape.slots + slot) * this.shape.headSize + d;
  }

  /** A number of the cache as a float. */
  read(array: Float32Array | Uint16Array, index: number): number {
    return this.shape.half ? fromHalf(array[index]!) : array[index]!;
  }

  /** The row of token number `token` in the sequence past, 0, 1, 2 and so on. */
  linearRow(token: number): Row {
    const position = this.past + token;
    return { token, slot: position, prefix: position + 1, position };
  }
}

/** A cache in use: forwards write to it. */
export class AttentionRun {
  readonly #case: AttentionCase;
  readonly #session: OperatorSession;
  readonly keys: Float32Array | Uint16Array;
  readonly values: Float32Array | Uint16Array;

  constructor(instance: AttentionCase, session: OperatorSession) {
    this.#case = instance;
    this.#session = session;
    this.keys = instance.keys.slice();
    this.values = instance.values.slice();
  }

  /** Runs the rows as one forward; the output of each. */
  forward(rows: readonly Row[]): Float32Array[] {
    const { shape, width, tokens, tables, norms } = this.#case;
    const { heads, keyHeads, headSize, slots } = shape;
    const pathWidth = Math.max(0, ...rows.map(({ path = [] }) => path.length));
    const input = new Float32Array(rows.length * width);
    rows.forEach(({ token }, row) =>
      input.set(tokens.subarray(token * width, (token + 1) * width), row * width),
    );
    const paths = rows.flatMap(({ path = [] }) => [
      ...path,
      ...Array<number>(pathWidth - path.length).fill(-1),
    ]);
    const output = new Float32Array(rows.length * heads * headSize);
    const ints = (values: number[]): Tensor => ({ data: Int32Array.from(values), shape: [values.length] });
    const keys = { data: this.keys, shape: [keyHeads, slots / 16, headSize, 16] };
    const values = { data: this.values, shape: [keyHeads, slots, headSize] };
    const table = (data: Float32Array) => ({ data, shape: [slots, headSize / 2] });
    this.#session.run(
      {
        input: { data: input, shape: [rows.length, width] },
        past_key: keys,
        past_value: values,
        slots: ints(rows.map(({ slot }) => slot)),
        prefix: ints(rows.map(({ prefix }) => prefix)),
        // An empty tensor has no address of its own.
        paths:
          pathWidth === 0
            ? { data: Int32Array.from(rows, () => -1), shape: [rows.length, 1] }
            : { data: Int32Array.from(paths), shape: [rows.length, pathWidth] },
        positions: ints(rows.map(({ position }) => position)),
        cos: table(tables.cos),
        sin: table(tables.sin),
        ...(shape.norms
          ? {
              query_norm: { data: norms.query, shape: [headSize] },
              key_norm: { data: norms.key, shape: [headSize] },
            }
          : {}),
      },
      {
        output: { data: output, shape: [rows.length, heads * headSize] },
        present_key: keys,
        present_value: values,
      },
    );
    return rows.map((_, row) => output.subarray(row * heads * headSize, (row + 1) * heads * headSize));
  }

  /** Runs tokens 0 to n - 1 of the sequence in forwards of these widths. */
  linear(widths: readonly number[]): Float32Array[] {
    let token = 0;
    return widths.flatMap((width) =>
      this.forward(Array.from({ length: width }, () => this.#case.linearRow(token++))),
    );
  }
}

/** The numbers of different bits; 0 for equal outputs. A NaN equals nothing. */
export function differences(left: readonly Float32Array[], right: readonly Float32Array[]): number {
  let count = 0;
  left.forEach((row, index) => {
    const other = right[index]!;
    row.forEach((value, at) => (count += value === other[at] ? 0 : 1));
  });
  return count;
}
