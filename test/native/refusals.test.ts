import { describe, expect, test } from 'vitest';
import type { Attributes } from '../../src-main/convert/onnx/graph.ts';
import { foredraft } from '../../src-main/convert/onnx/graph.ts';
import { attentionSession, rotaryTables } from './attention-case.ts';
import type { Tensor, Tensors } from './operator-session.ts';
import { OperatorSession, kernelNames, selectedKernels } from './operator-session.ts';

const shape = { heads: 4, keyHeads: 2, headSize: 64, slots: 32 };
const ints = (...values: number[]): Tensor => ({ data: Int32Array.from(values), shape: [values.length] });
const floats = (...sizes: number[]): Tensor => ({
  data: new Float32Array(sizes.reduce((product, size) => product * size, 1)),
  shape: sizes,
});

describe('kernels', () => {
  test.each(kernelNames)('%s are selected when forced', (name) => {
    attentionSession(shape, { kernels: name }).release();
    expect(selectedKernels()).toBe(name);
  });

  test('the fastest ones are selected otherwise', () => {
    attentionSession(shape).release();
    expect(selectedKernels()).toBe(kernelNames[0]);
    expect(kernelNames.at(-1)).toBe('plain');
  });

  test('others than this processor can run are refused', () => {
    expect(() => attentionSession(shape, { kernels: 'altivec' })).toThrow(
      `FOREDRAFT_KERNELS is altivec, which this processor can't run: choose one of ${kernelNames.join(' ')}.`,
    );
  });
});

describe('attention refuses', () => {
  const { cos, sin } = rotaryTables(shape);
  const good = (): Tensors => ({
    input: floats(2, 512),
    past_key: floats(2, 2, 64, 16),
    past_value: floats(2, 32, 64),
    slots: ints(0, 1),
    prefix: ints(1, 2),
    paths: { data: Int32Array.of(-1, -1), shape: [2, 1] },
    positions: ints(0, 1),
    cos: { data: cos, shape: [32, 32] },
    sin: { data: sin, shape: [32, 32] },
    query_norm: floats(64),
    key_norm: floats(64),
  });
  const session = attentionSession({ ...shape, norms: true });
  function run(changed: Tensors) {
    const inputs = { ...good(), ...changed };
    const rows = inputs['input']!.shape[0]!;
    session.run(inputs, {
      output: floats(rows, 256),
      present_key: inputs['past_key']!,
      present_value: inputs['past_value']!,
    });
  }

  test('nothing of a good run', () => {
    run({});
  });

  test.each([
    [
      'a slot outside the cache',
      { slots: ints(0, 32) },
      'Row 1 is stored in slot 32: slots must ascend and be below 32.',
    ],
    ['a negative slot', { slots: ints(-1, 1) }, 'Row 0 is stored in slot -1'],
    ['two rows in one slot', { slots: ints(3, 3) }, 'Row 1 is stored in slot 3'],
    [
      'a prefix beyond the cache',
      { prefix: ints(1, 33) },
      'Row 1 sees a prefix of 33 slots: the cache has 32.',
    ],
    ['a negative prefix', { prefix: ints(-1, 1) }, 'Row 0 sees a prefix of -1 slots'],
    ['a row that sees nothing', { prefix: ints(0, 1) }, 'Row 0 sees no position at all.'],
    [
      'a path beyond the cache',
      { paths: { data: Int32Array.of(-1, 32), shape: [2, 1] } },
      'Row 1 sees slot 32: the cache has 32.',
    ],
    [
      'paths of fewer rows',
      { paths: { data: Int32Array.of(-1), shape: [1, 1] } },
      'one entry for each of the 2 rows',
    ],
    ['fewer slots than rows', { slots: ints(0) }, 'one entry for each of the 2 rows'],
    [
      'a position outside the tables',
      { positions: ints(0, 32) },
      'Row 1 has position 32: the rotary tables have 32.',
    ],
    [
      'fewer values than keys',
      { past_value: floats(2, 16, 64) },
      'groups of 16 with as many slots are needed',
    ],
    [
      'a norm of another length',
      { query_norm: floats(32) },
      "query_norm needs one element for each of the head's 64.",
    ],
    [
      'tables of different length',
      { sin: floats(31, 32) },
      'cos_cache and sin_cache need two dimensions and the same shape.',
    ],
  ] satisfies [string, Tensors, string][])('%s', (_, changed, message) => {
    expect(() => run(changed)).toThrow(message);
  });

  test.each([
    ['an odd group of heads', { heads: 3 }, 'num_heads = 3 and kv_num_heads = 2'],
    ['a negative soft cap', { softCap: -1 }, 'softcap = -1'],
    ['a negative epsilon', { epsilon: -1 }, 'epsilon = -1'],
  ])('%s', (_, changed, message) => {
    expect(() => attentionSession({ ...shape, ...changed })).toThrow(message);
  });

  test('a norm without epsilon', () => {
    const other = attentionSession({ ...shape, norms: true, epsilon: 0 });
    const { input, past_key, past_value } = good();
    const outputs = { output: floats(2, 256), present_key: past_key!, present_value: past_value! };
    expect(() => other.run({ ...good(), input: input! }, outputs)).toThrow(
      'epsilon = 0: a norm needs one above 0.',
    );
    other.release();
  });

  test('a head size that is no multiple of 16', () => {
    const other = attentionSession({ ...shape, norms: true, headSize: 40 });
    const inputs = {
      ...good(),
      input: floats(2, 320),
      past_key: floats(2, 2, 40, 16),
      past_value: floats(2, 32, 40),
      cos: floats(32, 20),
      sin: floats(32, 20),
    };
    const outputs = {
      output: floats(2, 160),
      present_key: inputs.past_key,
      present_value: inputs.past_value,
    };
    expect(() => other.run(inputs, outputs)).toThrow('one multiple of 16 up to 256 is needed');
    other.release();
  });
});

describe('linear refuses', () => {
  const good = { K: 32, N: 16, format: 0, epsilon: { float: 1e-6 } };
  /** Inputs of bytes. */
  const packed = ['weights', 'lora_a', 'lora_b'];
  /** Runs a node whose inputs have these shapes. */
  function run(
    attributes: Attributes,
    shapes: Readonly<Record<string, readonly number[]>>,
    outputs: readonly string[] = ['output'],
  ): void {
    const given: Tensors = Object.fromEntries(
      Object.entries({ input: [1, 32], weights: [576], ...shapes }).map(([name, shape]) => [
        name,
        packed.includes(name) ? { data: new Uint8Array(shape[0]!), shape } : floats(...shape),
      ]),
    );
    const session = new OperatorSession((graph) => {
      for (const [name, { shape }] of Object.entries(given))
        graph.input(
          name,
          packed.includes(name) ? 'uint8' : 'float32',
          shape.map((_, at) => `${name}${at}`),
        );
      const names = ['input', 'weights', 'bias', 'skip', 'norm', 'post_norm', 'lora_a', 'lora_b'];
      const inputs = names.map((name) => (name in given ? name : ''));
      graph.node('Linear', foredraft, inputs, outputs, attributes);
      for (const name of outputs) graph.output(name, 'float32', ['rows', 'width']);
    });
    const width = (name: string) => (name === 'output' ? 16 : 32);
    try {
      session.run(given, Object.fromEntries(outputs.map((name) => [name, floats(1, width(name))])));
    } finally {
      session.release();
    }
  }

  test('nothing of a good run', () => {
    run({ K: 32, N: 16, format: 0 }, {});
    run(good, { bias: [16], skip: [1, 32], norm: [32], post_norm: [32] }, ['output', 'sum', 'normed']);
    run({ ...good, gate: 2 }, { input: [1, 64] });
    run({ ...good, rank: 32 }, { lora_a: [1152], lora_b: [576] });
    run({ ...good, rank: 64, gate: 1 }, { input: [1, 64], lora_a: [2304], lora_b: [1088] });
  });

  test.each([
    ['an unknown format', { format: 4 }, {}, 'format = 4: 0 to 3 are known.'],
    ['no format', { format: -1 }, {}, 'format = -1'],
    ['an unknown gate', { gate: 3 }, {}, 'gate = 3: 0 to 2 are known.'],
    ['a negative epsilon', { epsilon: { float: -1 } }, {}, 'epsilon = -1'],
    ['a width that is no multiple of 32', { K: 33 }, {}, 'K = 33: a multiple of 32'],
    ['nested scales over less than 256 inputs', { format: 2 }, {}, 'K = 32: a multiple of 256'],
    ['a rank that is no multiple of 32', { rank: 16 }, {}, 'rank = 16: a multiple of 32'],
    ['a negative rank', { rank: -32 }, {}, 'rank = -32'],
    ['a rank beyond the largest', { rank: 1 << 17 }, {}, 'rank = 131072'],
    ['a rank without an adapter', { rank: 32 }, {}, 'lora_a is missing.'],
    ['a rank without A', { rank: 32 }, { lora_b: [576] }, 'lora_a is missing.'],
    ['a rank without B', { rank: 32 }, { lora_a: [1152] }, 'lora_b is missing.'],
    ['an adapter without a rank', {}, { lora_a: [1152], lora_b: [576] }, 'lora_a is given, but rank = 0.'],
    ['B alone without a rank', {}, { lora_b: [576] }, 'lora_b is given, but rank = 0.'],
    [
      'too small an A',
      { rank: 32 },
      { lora_a: [576], lora_b: [576] },
      'lora_a has 576 bytes: 1152 are needed.',
    ],
    [
      'too large a B',
      { rank: 32 },
      { lora_a: [1152], lora_b: [1152] },
      'lora_b has 1152 bytes: 576 are needed.',
    ],
    [
      'the weights of another rank',
      { rank: 64 },
      { lora_a: [1152], lora_b: [576] },
      'lora_a has 1152 bytes: 2304 are needed.',
    ],
    ['too few weights', {}, { weights: [575] }, 'weights have 575 bytes: 576 are needed for K = 32, N = 16.'],
    ['an input of another width', {}, { input: [1, 64] }, 'input is 64 wide, not K = 32.'],
    ['half of a gated input', { gate: 1 }, { input: [1, 32] }, 'input is 32 wide, not 2 K = 64.'],
    ['a scalar bias', {}, { bias: [] }, 'bias has 1 elements, not N = 16.'],
    ['a bias of another length', {}, { bias: [15] }, 'bias has 15 elements, not N = 16.'],
    ['a skip of other rows', {}, { skip: [2, 32] }, 'skip has 64 elements, not rows * K = 32.'],
    ['a norm of another length', {}, { norm: [16] }, 'norm has 16 elements, not K = 32.'],
    ['a post_norm of another length', {}, { post_norm: [33] }, 'post_norm has 33 elements, not K = 32.'],
    [
      'a norm without epsilon',
      { epsilon: { float: 0 } },
      { norm: [32] },
      'epsilon = 0: a norm needs one above 0.',
    ],
    [
      'a gate with a norm',
      { gate: 1 },
      { input: [1, 64], norm: [32] },
      "gate = 1: skip, norms and their outputs can't be combined with one.",
    ],
  ] satisfies [string, Attributes, Readonly<Record<string, readonly number[]>>, string][])(
    '%s',
    (_, attributes, shapes, message) => {
      expect(() => run({ ...good, ...attributes }, shapes)).toThrow(message);
    },
  );

  test('the sum of a gated row', () => {
    expect(() => run({ ...good, gate: 1 }, { input: [1, 64] }, ['output', 'sum'])).toThrow(
      'gate = 1: skip, norms',
    );
  });
});
