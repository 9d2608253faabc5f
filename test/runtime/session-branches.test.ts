import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { argmax } from '../../src-main/engine/distribution.ts';
import type { Logits, TokenId } from '../../src-main/engine/model.ts';
import { loadGraph, someTokens } from './default-model.ts';
import type { DefaultGraph } from './default-model.ts';

let graph: DefaultGraph;

/** float32: with 8-bit activations a difference in the last place of a sum is amplified to tenths. */
beforeAll(async () => {
  graph = await loadGraph('smollm2-135m-instruct-float32');
});
afterAll(() => graph.release());

const open = () => graph.open();

function largestDifference(one: Logits, other: Logits): number {
  let largest = 0;
  for (let id = 0; id < one.length; id++) largest = Math.max(largest, Math.abs(one[id]! - other[id]!));
  return largest;
}

/** The logits after `tokens`, read by a new sequence. */
async function fresh(tokens: readonly TokenId[]): Promise<Logits> {
  const sequence = open();
  const [logits] = await sequence.forward(tokens);
  const copy = logits!.slice();
  sequence.close();
  return copy;
}

describe('branches', () => {
  test('give each leaf the logits of its path', async () => {
    const prompt = someTokens(20, 1);
    const [a, b, c, d, e] = someTokens(5, 2) as [TokenId, TokenId, TokenId, TokenId, TokenId];
    const sequence = open();
    await sequence.forward(prompt, 0);
    const branches = sequence.branch();
    await branches.advance([0, 0, 0], [a, b, c]);
    const logits = (await branches.advance([2, 0, 0], [d, d, e])).map((row) => row.slice());
    const texts = [
      [c, d],
      [a, d],
      [a, e],
    ];
    for (const [leaf, text] of texts.entries()) {
      expect(branches.path(leaf)).toEqual(text);
      expect(largestDifference(logits[leaf]!, await fresh([...prompt, ...text]))).toBeLessThan(2e-3);
    }
    // The control: leaves of other texts differ by much more.
    expect(largestDifference(logits[0]!, logits[1]!)).toBeGreaterThan(0.1);
    branches.close();
    sequence.close();
  });

  test('stay correct when dead nodes are dropped', async () => {
    const prompt = someTokens(12, 3);
    const sequence = open();
    await sequence.forward(prompt, 0);
    const branches = sequence.branch();
    let parents = [0, 0, 0, 0];
    let rows: Logits[] = [];
    for (let step = 0; step < 60; step++) {
      const tokens = someTokens(4, 100 + step);
      rows = await branches.advance(parents, tokens);
      // One leaf wins everything now and then: the others die.
      parents = step % 3 === 0 ? [1, 1, 1, 1] : [3, 2, 1, 0];
    }
    const copies = rows.map((row) => row.slice());
    for (const leaf of [0, 3]) {
      const expected = await fresh([...prompt, ...branches.path(leaf)]);
      expect(branches.path(leaf)).toHaveLength(60);
      expect(largestDifference(copies[leaf]!, expected)).toBeLessThan(2e-3);
    }
    branches.close();
    sequence.close();
  });

  test('leave the sequence unchanged', async () => {
    const prompt = someTokens(30, 4);
    const used = open();
    const [before] = (await used.forward(prompt)).map((row) => row.slice());
    const branches = used.branch();
    await branches.advance([0, 0], someTokens(2, 5));
    branches.close();
    expect(used.tokens).toEqual(prompt);
    const token = argmax(before!);
    const [after] = await used.forward([token]);
    const untouched = open();
    await untouched.forward(prompt, 0);
    const [expected] = await untouched.forward([token]);
    expect(
      Buffer.compare(
        Buffer.from(after!.buffer, after!.byteOffset, after!.byteLength),
        Buffer.from(expected!.buffer, expected!.byteOffset, expected!.byteLength),
      ),
    ).toBe(0);
    used.close();
    untouched.close();
  });

  test('reject a leaf that does not exist', async () => {
    const sequence = open();
    await sequence.forward(someTokens(3, 6), 0);
    await expect(sequence.branch().advance([1], someTokens(1, 7))).rejects.toThrow(/no leaf 1/);
    sequence.close();
  });
});
