import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DefaultGraph } from './default-model.ts';
import { loadDefaultGraph, someTokens } from './default-model.ts';

let graph: DefaultGraph;
beforeAll(async () => {
  graph = await loadDefaultGraph();
});
afterAll(() => graph.release());

describe('a sequence of the real model', () => {
  test('an interrupted forward rejects, leaves the tokens unchanged, and the next one is correct', async () => {
    const sequence = graph.open();
    const start = someTokens(20, 1);
    await sequence.forward(start, 0);
    const long = sequence.forward(someTokens(400, 2), 0);
    setTimeout(() => sequence.interrupt(), 30);
    await expect(long).rejects.toMatchObject({ code: 'run-interrupted' });
    expect(sequence.tokens).toEqual(start);

    const after = (await sequence.forward(someTokens(5, 3)))[0]!.slice();
    const fresh = graph.open();
    const [expected] = await fresh.forward([...start, ...someTokens(5, 3)]);
    expect(after).toEqual(expected);
    sequence.close();
    fresh.close();
  });

  test('an interruption between forwards does nothing', async () => {
    const sequence = graph.open();
    sequence.interrupt();
    await expect(sequence.forward(someTokens(3))).resolves.toHaveLength(1);
    sequence.close();
  });

  test('returns the logits of the requested rows, or none', async () => {
    const sequence = graph.open();
    expect(await sequence.forward(someTokens(6), 0)).toEqual([]);
    sequence.rollback(6);
    const all = (await sequence.forward(someTokens(6), 6)).map((row) => row.slice());
    sequence.rollback(6);
    const last = await sequence.forward(someTokens(6), 2);
    expect(last.map((row) => row.slice())).toEqual(all.slice(4));
    sequence.close();
  });

  test('leaves the event loop free while it computes', async () => {
    const sequence = graph.open();
    let turns = 0;
    const counting = setInterval(() => turns++, 1);
    await sequence.forward(someTokens(256), 0);
    clearInterval(counting);
    expect(turns).toBeGreaterThan(5);
    sequence.close();
  });

  test('rejects more tokens than the context holds and a rollback beyond the start', async () => {
    const sequence = graph.open();
    const { contextLength } = graph.manifest;
    await expect(sequence.forward(someTokens(contextLength + 1), 0)).rejects.toMatchObject({
      code: 'prompt-too-long',
    });
    expect(() => sequence.rollback(1)).toThrow(RangeError);
    sequence.close();
  });
});
