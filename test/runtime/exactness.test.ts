import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WidthRule } from '../../src-main/contract/model-card.ts';
import { argmax } from '../../src-main/engine/distribution.ts';
import type { Sequence, TokenId } from '../../src-main/engine/model.ts';
import type { CacheArray } from '../../src-main/runtime/cache-layout.ts';
import { probeWidths } from '../../src-main/runtime/width-probe.ts';
import type { DefaultGraph } from './default-model.ts';
import { loadDefaultGraph, longTimeout, operatorsAreOff, someTokens } from './default-model.ts';
import { sameBits } from './same-bits.ts';

/** Length of the token lists: short enough for a hundred splits, long enough for every kernel. */
const length = 48;
const lastLayer = 29;

/** The default model's graph on some kernels, and the width rule that holds there. */
interface Subject {
  readonly graph: DefaultGraph;
  readonly rule: WidthRule;
}

interface Reading {
  readonly logits: readonly Float32Array[];
  readonly keys: CacheArray;
  readonly values: CacheArray;
}

/** Reads `tokens` in forwards of the given widths into an empty sequence; returns logits and cache. */
async function read(
  { graph, rule }: Subject,
  tokens: readonly TokenId[],
  widths: readonly number[],
  keepAll = true,
): Promise<Reading> {
  const sequence = graph.open(rule);
  const logits: Float32Array[] = [];
  let start = 0;
  for (const width of widths) {
    const part = tokens.slice(start, start + width);
    const last = start + width >= tokens.length;
    const rows = await sequence.forward(part, keepAll ? part.length : last ? 1 : 0);
    logits.push(...rows.map((row) => row.slice()));
    start += width;
  }
  const keys = sequence.cache.copy(lastLayer, 'key', tokens.length);
  const values = sequence.cache.copy(lastLayer, 'value', tokens.length);
  sequence.close();
  return { logits, keys, values };
}

function sameReading(a: Reading, b: Reading): boolean {
  return (
    a.logits.length === b.logits.length &&
    a.logits.every((row, index) => sameBits(row, b.logits[index]!)) &&
    sameBits(a.keys, b.keys) &&
    sameBits(a.values, b.values)
  );
}

/** Widths that sum to `total`, cycling through `wishes`. */
function cutInto(total: number, wishes: readonly number[]): number[] {
  const widths: number[] = [];
  let left = total;
  for (let index = 0; left > 0; index++) {
    const width = Math.min(left, wishes[index % wishes.length]!);
    widths.push(width);
    left -= width;
  }
  return widths;
}

/** Each width with its start index. */
function starts(widths: readonly number[]): [start: number, width: number][] {
  let start = 0;
  return widths.map((width) => {
    start += width;
    return [start - width, width];
  });
}

async function greedy(sequence: Sequence, tokens: readonly TokenId[], count: number): Promise<TokenId[]> {
  let [logits] = await sequence.forward(tokens);
  const answer: TokenId[] = [];
  for (;;) {
    answer.push(argmax(logits!));
    if (answer.length === count) return answer;
    [logits] = await sequence.forward(answer.slice(-1));
  }
}

const kinds = [...(operatorsAreOff ? [] : ['operators']), 'standard'];

describe.each(kinds)('the real model on %s kernels', (kernels) => {
  let subject: Subject;
  const open = () => subject.graph.open(subject.rule);
  beforeAll(async () => {
    const graph = await loadDefaultGraph(kernels === 'standard' ? kernels : '');
    const rule: WidthRule =
      kernels === 'operators'
        ? { kind: 'exact' }
        : await probeWidths(graph.open, graph.manifest.vocabularySize);
    subject = { graph, rule };
  });
  afterAll(() => subject.graph.release());

  test(
    'any cut of a token list into forwards gives the same logits and the same cache',
    async () => {
      const whole = await read(subject, someTokens(length), [length]);
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.integer({ min: 1, max: 24 }), { minLength: 1, maxLength: 12 }),
          async (wishes) =>
            sameReading(await read(subject, someTokens(length), cutInto(length, wishes)), whole),
        ),
        { numRuns: 100, seed: 1 },
      );
    },
    longTimeout,
  );

  test(
    'so do chunks of a long prompt',
    async () => {
      const tokens = someTokens(600, 7);
      const whole = await read(subject, tokens, cutInto(600, [512]), false);
      // Narrower ones are among the cuts above.
      for (const chunk of [3, 17, 64, 100, 256]) {
        expect(
          sameReading(await read(subject, tokens, cutInto(600, [chunk]), false), whole),
          `chunks of ${chunk}`,
        ).toBe(true);
      }
    },
    longTimeout,
  );

  test('and the greedy text that follows is the same', async () => {
    const tokens = someTokens(40, 11);
    const texts: TokenId[][] = [];
    for (const widths of [[40], cutInto(40, [1]), cutInto(40, [2]), cutInto(40, [3, 1, 7])]) {
      const sequence = open();
      for (const [start, width] of starts(widths.slice(0, -1))) {
        await sequence.forward(tokens.slice(start, start + width), 0);
      }
      texts.push(await greedy(sequence, tokens.slice(sequence.tokens.length), 24));
      sequence.close();
    }
    for (const text of texts) expect(text).toEqual(texts[0]);
    expect(new Set(texts[0]).size).toBeGreaterThan(1);
  });

  test('another text has other bits (negative control)', async () => {
    const one = await read(subject, someTokens(20, 3), [20]);
    expect(sameReading(one, await read(subject, someTokens(20, 4), [20]))).toBe(false);
  });

  test('rolling back and reading on equals a fresh run, logits, cache and greedy text', async () => {
    const tokens = someTokens(60, 5);
    const fresh = open();
    const used = open();
    await used.forward(someTokens(90, 6), 0);
    used.rollback(90);
    await used.forward(tokens.slice(0, 40), 0);
    await used.forward(someTokens(11, 8), 0);
    used.rollback(11 + 7);
    const answer = await greedy(used, tokens.slice(33), 24);
    expect(answer).toEqual(await greedy(fresh, tokens, 24));
    const held = used.tokens.length;
    expect(
      sameBits(used.cache.copy(lastLayer, 'value', held), fresh.cache.copy(lastLayer, 'value', held)),
    ).toBe(true);
    used.close();
    fresh.close();
  });

  test('a rollback that is off by one is noticed (negative control)', async () => {
    const tokens = someTokens(30, 9);
    const right = open();
    const wrong = open();
    const [expected] = await right.forward(tokens);
    await wrong.forward(tokens.slice(0, 20), 0);
    wrong.rollback(1);
    const [got] = await wrong.forward(tokens.slice(20));
    expect(sameBits(expected!, got!)).toBe(false);
    right.close();
    wrong.close();
  });

  test('growing the cache keeps what it holds', async () => {
    const tokens = someTokens(300, 10);
    const grown = open();
    const roomy = open();
    roomy.cache.reserve(2048, 0);
    await grown.forward(tokens.slice(0, 200), 0);
    const small = grown.cache.capacity;
    const [a] = (await grown.forward(tokens.slice(200))).map((row) => row.slice());
    const [b] = await roomy.forward(tokens);
    expect(grown.cache.capacity).toBeGreaterThan(small);
    expect(sameBits(a!, b!)).toBe(true);
    grown.close();
    roomy.close();
  });
});

test('standard kernels agree with themselves under a rule that was probed', async () => {
  const graph = await loadDefaultGraph('standard');
  const { kind } = await probeWidths(graph.open, graph.manifest.vocabularySize);
  expect(['paired', 'fixed']).toContain(kind);
  graph.release();
});

test('without a width rule, a lone token on standard kernels differs (negative control)', async () => {
  // Holds for kernels with a separate path for a single row; elsewhere lone tokens agree as well.
  const graph = await loadDefaultGraph('standard');
  const alone = graph.open({ kind: 'exact' });
  const paired = graph.open({ kind: 'paired' });
  let same = true;
  for (const token of someTokens(20, 3)) {
    const [a] = await alone.forward([token]);
    const [b] = await paired.forward([token]);
    same &&= sameBits(a!, b!);
  }
  alone.close();
  paired.close();
  graph.release();
  if (same) console.log('lone tokens agree on this processor: the width rule changes nothing');
});
