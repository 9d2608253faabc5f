import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { beam } from '../../src-main/engine/search/beam.ts';
import type { AllocatedBytes } from '../fakes/allocated-bytes.ts';
import { allocatedBytes } from '../fakes/allocated-bytes.ts';
import type { DefaultGraph } from './default-model.ts';
import { loadDefaultGraph, someTokens } from './default-model.ts';

let graph: DefaultGraph;
/** One for all searches: what they read is the beginning of the same text, and is read once. */
let sequence: ReturnType<DefaultGraph['open']>;
beforeAll(async () => {
  graph = await loadDefaultGraph();
  sequence = graph.open();
});
afterAll(() => {
  sequence.close();
  graph.release();
});

const steps = 16;
/** Both leave room in the cache, which grows by doubling. */
const contexts = { short: 300, long: 1200 };

/** What a step of beam search allocates after `context` tokens; `meanwhile` runs in every step. */
async function bytesPerStep(context: number, meanwhile: () => void = () => {}): Promise<AllocatedBytes> {
  const search = stepsOf(context);
  // The first steps make buffers of the width, and compile.
  for (let step = 0; step < 24; step++) await search.next();
  const { heap, buffers } = await allocatedBytes(async () => {
    for (let step = 0; step < steps; step++) {
      meanwhile();
      await search.next();
    }
  });
  await search.return(undefined);
  return { heap: heap / steps, buffers: buffers / steps };
}

async function* stepsOf(context: number): AsyncGenerator<void> {
  const settings = {
    ...{ width: 4, groups: 1, diversityPenalty: 0, lengthPenalty: 1, earlyStopping: false, best: 1 },
    ...{ minimumTokens: 0, maximumTokens: 128, endTokens: new Set([]) },
  };
  for await (const { type } of beam(sequence, someTokens(context, 3), settings)) if (type === 'beams') yield;
}

/** Heap bytes per further token of context, from samples: a few bytes can't be distinguished from none. */
const noise = 32;
const growth = (long: AllocatedBytes, short: AllocatedBytes) =>
  (long.heap - short.heap) / (contexts.long - contexts.short);

describe('a step of beam search', () => {
  let short: AllocatedBytes;
  let long: AllocatedBytes;
  beforeAll(async () => {
    await bytesPerStep(contexts.long);
    long = await bytesPerStep(contexts.long);
    short = await bytesPerStep(contexts.short);
  }, 120_000);

  test('allocates nothing that grows with the context', () => {
    // Buffers are counted, so that one row of the cache or of a mask would show.
    expect(long.buffers).toBe(short.buffers);
    expect(growth(long, short)).toBeLessThan(noise);
  });

  test('would be detected: copying a layer of the cache (negative control)', async () => {
    const copied = await bytesPerStep(contexts.long, () => void sequence.cache.copy(0, 'key', contexts.long));
    expect(copied.buffers).toBeGreaterThan(long.buffers + contexts.long * Float32Array.BYTES_PER_ELEMENT);
  }, 120_000);

  test('would be detected: allocating an object per token (negative control)', async () => {
    const listed = await bytesPerStep(contexts.long, () => void sequence.tokens.map((token) => ({ token })));
    expect(growth(listed, short)).toBeGreaterThan(noise);
  }, 120_000);
});
