import { beforeAll, describe, expect, test } from 'vitest';
import type { TokenId } from '../../src-main/engine/model.ts';
import { OperatorsLibrary, operatorsLibraryFile } from '../../src-main/runtime/operators-library.ts';
import type { DefaultGraph, KernelsName } from './default-model.ts';
import { loadDefaultGraph, longTimeout, someTokens } from './default-model.ts';
import { sameBits } from './same-bits.ts';

/** Two short texts that differ in their last token: plain kernels, with fused multiply-adds in software, are slow. */
const shared = someTokens(5, 31);
const endings = someTokens(2, 32);
const instructionSets = new OperatorsLibrary(operatorsLibraryFile()).instructionSets();
const [fastest] = instructionSets;

/** The logits and hidden state after each text, one after another. */
type Reading = readonly Float32Array[];

/** Each text in one forward of a new sequence. */
async function readWhole(graph: DefaultGraph, texts: readonly (readonly TokenId[])[]): Promise<Reading> {
  const rows: Float32Array[] = [];
  for (const text of texts) {
    const sequence = graph.open();
    const [logits] = await sequence.forward(text);
    rows.push(logits!.slice(), sequence.hiddenStates()[0]!.slice());
    sequence.close();
  }
  return rows;
}

/** The shared tokens in several forwards, some of them twice after a rollback, and the endings as leaves of a tree. */
async function readInPieces(graph: DefaultGraph): Promise<Reading> {
  const sequence = graph.open();
  await sequence.forward(shared.slice(0, 1), 0);
  await sequence.forward([...shared.slice(1, 3), ...endings], 0);
  sequence.rollback(3);
  await sequence.forward(shared.slice(2), 0);
  const branches = sequence.branch();
  const logits = await branches.advance([0, 0], endings);
  const states = branches.hiddenStates();
  const rows = logits.flatMap((row, leaf) => [row.slice(), states[leaf]!.slice()]);
  branches.close();
  sequence.close();
  return rows;
}

async function readWith(
  kernels: KernelsName,
  read: (graph: DefaultGraph) => Promise<Reading>,
): Promise<Reading> {
  const graph = await loadDefaultGraph(kernels);
  try {
    return await read(graph);
  } finally {
    graph.release();
  }
}

const sameReading = (one: Reading, other: Reading) =>
  one.length === other.length && one.every((row, index) => sameBits(row, other[index]!));

describe('the same bits on every processor', () => {
  const texts = endings.map((ending) => [...shared, ending]);
  let expected: Reading;
  beforeAll(async () => {
    expected = await readWith(fastest!, (graph) => readWhole(graph, texts));
  });

  test.each(instructionSets)(
    '%s, in pieces, computes those of the fastest instruction set, in one piece',
    async (instructionSet) => {
      expect(sameReading(await readWith(instructionSet, readInPieces), expected)).toBe(true);
    },
    longTimeout,
  );

  test('would be noticed: another token, or standard kernels (negative control)', async () => {
    const changed = texts.map((text) => [5 as TokenId, ...text.slice(1)]);
    expect(sameReading(await readWith(fastest!, (graph) => readWhole(graph, changed)), expected)).toBe(false);
    expect(sameReading(await readWith('standard', readInPieces), expected)).toBe(false);
  });
});
