import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TokenId } from '../../src-main/engine/model.ts';
import type { DefaultGraph } from './default-model.ts';
import { loadDefaultGraph, someTokens } from './default-model.ts';

/**
 * onnxruntime-node's own InferenceSession is the oracle: same graph, same inputs, same logits. It is
 * imported after the C API has made the process's environment, since there is only one.
 */
let graph: DefaultGraph;
beforeAll(async () => {
  graph = await loadDefaultGraph('standard');
});
afterAll(() => graph.release());

const slots = 64;

/** The logits after each of `tokens`, computed in one forward by InferenceSession. */
async function oracle(tokens: readonly TokenId[], past: readonly TokenId[]): Promise<Float32Array> {
  const { InferenceSession, Tensor } = await import('onnxruntime-node');
  const { layerCount, keyValueHeadCount, headSize } = graph.manifest;
  const session = await InferenceSession.create(graph.file);
  const cache: Record<string, InstanceType<typeof Tensor>> = {};
  for (let layer = 0; layer < layerCount; layer++) {
    for (const part of ['key', 'value']) {
      const zeros = new Float32Array(keyValueHeadCount * slots * headSize);
      cache[`past.${layer}.${part}`] = new Tensor('float32', zeros, [1, keyValueHeadCount, slots, headSize]);
    }
  }
  const forward = async (added: readonly TokenId[], start: number) => {
    const width = added.length;
    const total = start + width;
    const int64 = (values: number[]) => BigInt64Array.from(values, BigInt);
    const positions = added.map((_, index) => start + index);
    return session.run({
      ...cache,
      input_ids: new Tensor('int64', int64([...added]), [1, width]),
      position_ids: new Tensor('int64', int64(positions), [1, width]),
      attention_bias: new Tensor('float32', new Float32Array(width * total), [1, 1, width, total]),
      seqlens_k: new Tensor('int32', Int32Array.of(total - 1), [1]),
      total_sequence_length: new Tensor('int32', Int32Array.of(total), [1]),
      rows: new Tensor('int64', int64(added.map((_, index) => index)), [width]),
    });
  };
  if (past.length > 0) {
    const before = await forward(past, 0);
    for (const name of Object.keys(cache)) {
      cache[name] = before[name.replace('past', 'present')] as InstanceType<typeof Tensor>;
    }
  }
  const after = await forward(tokens, past.length);
  await session.release();
  return after['logits']!.data as Float32Array;
}

async function ours(tokens: readonly TokenId[], past: readonly TokenId[]): Promise<Float32Array> {
  const sequence = graph.open({ kind: 'exact' });
  if (past.length > 0) await sequence.forward(past, past.length);
  const rows = await sequence.forward(tokens, tokens.length);
  const joined = Float32Array.from(rows.flatMap((row) => [...row]));
  sequence.close();
  return joined;
}

test.each([
  [12, 0],
  [1, 20],
  [5, 20],
])('the C API gives the logits of InferenceSession: %i tokens after %i', async (count, before) => {
  const tokens = someTokens(count, 2);
  const past = someTokens(before, 3);
  const mine = await ours(tokens, past);
  const theirs = await oracle(tokens, past);
  expect(mine.length).toBe(theirs.length);
  let differing = 0;
  for (let index = 0; index < mine.length; index++) if (!Object.is(mine[index], theirs[index])) differing++;
  expect(differing).toBe(0);
});

test('the comparison notices another token (negative control)', async () => {
  const mine = await ours(someTokens(4, 2), []);
  const theirs = await oracle(someTokens(4, 5), []);
  expect(mine).not.toEqual(theirs);
});
