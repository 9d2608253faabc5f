import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TokenId } from '../../src-main/engine/model.ts';
import type { DefaultGraph } from './default-model.ts';
import { loadDefaultGraph, longTimeout, operatorsAreOff, someTokens } from './default-model.ts';
import { sameBits } from './same-bits.ts';

/** The default model on the project's operators: a leaf of a tree equals the same text read in a row, bit for bit. */
let operators: DefaultGraph;
beforeAll(async () => {
  operators = await loadDefaultGraph();
});
afterAll(() => operators.release());

interface Row {
  readonly logits: Float32Array;
  readonly hiddenState: Float32Array;
}

const sameRow = (one: Row, other: Row) =>
  sameBits(one.logits, other.logits) && sameBits(one.hiddenState, other.hiddenState);

/** The row after `text`, read in one piece by a new sequence. */
async function readInARow(graph: DefaultGraph, text: readonly TokenId[]): Promise<Row> {
  const sequence = graph.open();
  const [logits] = await sequence.forward(text);
  const row = { logits: logits!.slice(), hiddenState: sequence.hiddenStates()[0]!.slice() };
  sequence.close();
  return row;
}

/** Each new leaf's parent, as a fraction of the number of leaves. */
const step = fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1, maxLength: 8 });
const tree = fc.record({
  // Around 128 the attention starts a second block.
  promptLength: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 118, max: 136 })),
  steps: fc.array(step, { minLength: 1, maxLength: 10 }),
});

/** Grows a tree after a prompt; returns the texts of its leaves and their rows. */
async function grow(graph: DefaultGraph, prompt: readonly TokenId[], steps: readonly (readonly number[])[]) {
  const sequence = graph.open();
  await sequence.forward(prompt, 0);
  const branches = sequence.branch();
  let texts: readonly (readonly TokenId[])[] = [prompt];
  let rows: readonly Row[] = [];
  for (const [depth, shares] of steps.entries()) {
    const parents = shares.map((share) => Math.floor(share * texts.length));
    const tokens = someTokens(parents.length, 100 + depth);
    const logits = await branches.advance(parents, tokens);
    const states = branches.hiddenStates();
    rows = logits.map((row, leaf) => ({ logits: row.slice(), hiddenState: states[leaf]!.slice() }));
    texts = parents.map((parent, leaf) => [...texts[parent]!, tokens[leaf]!]);
  }
  branches.close();
  sequence.close();
  return { texts, rows };
}

describe.skipIf(operatorsAreOff)('a tree on the operators', () => {
  test(
    'has the bits of its texts read in a row, whatever its shape',
    async () => {
      await fc.assert(
        fc.asyncProperty(tree, async ({ promptLength, steps }) => {
          const { texts, rows } = await grow(operators, someTokens(promptLength, 3), steps);
          for (const [leaf, text] of texts.entries()) {
            expect(sameRow(rows[leaf]!, await readInARow(operators, text)), `leaf ${leaf}`).toBe(true);
          }
        }),
        { numRuns: 25, seed: 2 },
      );
    },
    longTimeout,
  );

  test('keeps them when dead nodes are dropped and the cache grows', async () => {
    const steps = Array.from({ length: 70 }, (_, depth) =>
      depth % 3 === 0 ? [0.3, 0.3, 0.3, 0.3] : [0.8, 0.6, 0.3, 0],
    );
    const { texts, rows } = await grow(operators, someTokens(210, 4), steps);
    for (const leaf of [0, 3])
      expect(sameRow(rows[leaf]!, await readInARow(operators, texts[leaf]!))).toBe(true);
  });

  test('is compared with its own text: another leaf differs (negative control)', async () => {
    const { texts, rows } = await grow(operators, someTokens(20, 5), [
      [0, 0],
      [0, 0.5],
    ]);
    expect(sameRow(rows[0]!, await readInARow(operators, texts[1]!))).toBe(false);
  });
});

test('standard kernels give a tree other bits (negative control)', async () => {
  const standard = await loadDefaultGraph('standard');
  const { texts, rows } = await grow(standard, someTokens(20, 5), [
    [0, 0],
    [0, 0.5],
  ]);
  const same = sameRow(rows[0]!, await readInARow(standard, texts[0]!));
  standard.release();
  // As it is on every processor seen; it needn't be on all.
  if (same) console.log('on this processor, standard kernels give a tree the bits of its text in a row');
});
