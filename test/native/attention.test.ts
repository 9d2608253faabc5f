import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { AttentionShape, Row } from './attention-case.ts';
import { AttentionCase, AttentionRun, attentionSession, differences } from './attention-case.ts';
import { referenceAttention, relativeError, rotated } from './attention-reference.ts';
import { groupQueryAttention } from './group-query-attention.ts';
import type { OperatorSession } from './operator-session.ts';
import { kernelNames } from './operator-session.ts';
import { generator } from './random.ts';

const slots = 640;
const shapes: Readonly<Record<string, AttentionShape>> = {
  'SmolLM2 135M': { heads: 9, keyHeads: 3, headSize: 64, slots },
  'Qwen2.5 0.5B, float16': { heads: 14, keyHeads: 2, headSize: 64, slots, half: true },
  'Qwen2.5 1.5B': { heads: 12, keyHeads: 2, headSize: 128, slots },
  'Qwen3 0.6B, float16': { heads: 16, keyHeads: 8, headSize: 128, slots, half: true, norms: true },
  'Gemma 2 2B': { heads: 8, keyHeads: 4, headSize: 256, slots, softCap: 50 },
  'Gemma 3 270M, local': { heads: 4, keyHeads: 1, headSize: 256, slots, window: 512, norms: true },
  'head size 80, no groups, capped scores': { heads: 2, keyHeads: 2, headSize: 80, slots, softCap: 3 },
  'narrow window, capped scores, float16': {
    heads: 5,
    keyHeads: 1,
    headSize: 96,
    slots,
    half: true,
    window: 20,
    softCap: 30,
  },
};
const names = Object.keys(shapes);

const sessions = new Map<string, OperatorSession>();
function session(shape: string, kernels: string, threads = 1): OperatorSession {
  const key = `${shape} ${kernels} ${threads}`;
  const made = sessions.get(key) ?? attentionSession(shapes[shape]!, { kernels, threads });
  sessions.set(key, made);
  return made;
}
afterAll(() => sessions.forEach((made) => made.release()));

const fastest = kernelNames[0]!;
const ones = (count: number) => Array<number>(count).fill(1);

/** Random widths that sum to `total`, up to 16 each. */
function split(total: number, random: () => number): number[] {
  const widths: number[] = [];
  for (let left = total; left > 0; left -= widths.at(-1)!)
    widths.push(Math.min(left, 1 + Math.floor(random() * 16)));
  return widths;
}

/** A random tree over the tokens after the past, one token a row, in slots of its own in rising order. */
function randomTree({ past }: AttentionCase, size: number, random: () => number): Row[] {
  const rows: Row[] = [];
  let slot = past;
  for (let token = 0; token < size; token++) {
    const parent = Math.floor(random() * (token + 1)) - 1;
    const before = parent < 0 ? [] : rows[parent]!.path!;
    const path = [...before, slot];
    rows.push({ token, slot, prefix: past, path, position: past + path.length - 1 });
    slot += 1 + Math.floor(random() * 3);
  }
  return rows;
}

/** The tokens on the path to a row of a tree. */
const tokensOf = (tree: readonly Row[], row: Row) =>
  row.path!.map((slot) => tree.find((other) => other.slot === slot)!.token);

/** The row computed alone on its own linear sequence. */
function linearly(
  instance: AttentionCase,
  tree: readonly Row[],
  row: Row,
  session: OperatorSession,
): Float32Array {
  const run = new AttentionRun(instance, session);
  const rows = tokensOf(tree, row).map((token, index) => ({ ...instance.linearRow(index), token }));
  return rows.map((single) => run.forward([single])[0]!).at(-1)!;
}

/** Cases for the properties; lengths around the blocks of 128 positions come up often. */
const cases = fc.record({
  shape: fc.constantFrom(...names),
  past: fc.oneof(
    fc.integer({ min: 0, max: 560 }),
    fc.constantFrom(0, 1, 15, 16, 112, 126, 127, 128, 129, 255, 256, 511),
  ),
  size: fc.integer({ min: 2, max: 16 }),
  seed: fc.integer(),
});
const runs = { numRuns: 25 };

describe('the same bits', () => {
  test('a prompt in any split equals its tokens one by one, on 1 to 4 threads', () => {
    fc.assert(
      fc.property(
        cases,
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 2, max: 70 }),
        (made, threads, size) => {
          const instance = new AttentionCase(shapes[made.shape]!, made.past, size, made.seed);
          const lone = new AttentionRun(instance, session(made.shape, fastest)).linear(ones(size));
          const random = generator(made.seed);
          for (const widths of [[size], split(size, random), split(size, random)]) {
            const together = new AttentionRun(instance, session(made.shape, fastest, threads)).linear(widths);
            expect(differences(lone, together), String(widths)).toBe(0);
          }
        },
      ),
      runs,
    );
  });

  test('the row of a tree equals the row of its linear path', () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 1, max: 4 }), ({ shape, past, size, seed }, threads) => {
        const instance = new AttentionCase(shapes[shape]!, past, size, seed);
        const tree = randomTree(instance, size, generator(seed));
        const rows = new AttentionRun(instance, session(shape, fastest, threads)).forward(tree);
        const alone = tree.map((row) => linearly(instance, tree, row, session(shape, fastest)));
        expect(differences(rows, alone)).toBe(0);
      }),
      runs,
    );
  });

  test('slots that are rolled back and filled again leave no trace', () => {
    fc.assert(
      fc.property(cases, ({ shape, past, size, seed }) => {
        const instance = new AttentionCase(shapes[shape]!, past, 2 * size, seed);
        const used = new AttentionRun(instance, session(shape, fastest));
        const other = Array.from({ length: size }, (_, index) => ({
          ...instance.linearRow(index),
          token: size + index,
        }));
        used.forward(other);
        const fresh = new AttentionRun(instance, session(shape, fastest));
        expect(differences(used.linear([size]), fresh.linear([size]))).toBe(0);
      }),
      runs,
    );
  });

  test.each(kernelNames.slice(1))('the kernels %s equal the fastest ones', (kernels) => {
    fc.assert(
      fc.property(cases, ({ shape, past, size, seed }) => {
        const instance = new AttentionCase(shapes[shape]!, past, size, seed);
        const tree = randomTree(instance, size, generator(seed));
        const [left, right] = [fastest, kernels].map(
          (name) => new AttentionRun(instance, session(shape, name)),
        );
        expect(differences(left!.forward(tree), right!.forward(tree))).toBe(0);
        expect(Buffer.compare(Buffer.from(left!.keys.buffer), Buffer.from(right!.keys.buffer))).toBe(0);
        expect(Buffer.compare(Buffer.from(left!.values.buffer), Buffer.from(right!.values.buffer))).toBe(0);
      }),
      { numRuns: 20 },
    );
  });
});

describe('what the comparison finds', () => {
  const shape = names[0]!;
  const instance = new AttentionCase(shapes[shape]!, 250, 3, 7);
  const row: Row = { token: 2, slot: 252, prefix: 250, path: [250, 251, 252], position: 252 };
  function after(changed: Row): Float32Array[] {
    const run = new AttentionRun(instance, session(shape, fastest));
    run.linear([1, 1]);
    return run.forward([changed]);
  }
  const right = after(row);

  test('the same positions summed in another order', () => {
    expect(differences(right, after(row))).toBe(0);
    expect(differences(right, after({ ...row, path: [251, 250, 252] }))).toBeGreaterThan(0);
  });

  test('a slot that is off by one', () => {
    expect(differences(right, after({ ...row, path: [249, 251, 252] }))).toBeGreaterThan(0);
    expect(differences(right, after({ ...row, prefix: 249 }))).toBeGreaterThan(0);
  });

  test('another kernel of the same mathematics', () => {
    const rows = [0, 1, 2].map((token) => instance.linearRow(token));
    const ours = new AttentionRun(instance, session(shape, fastest)).forward(rows);
    const theirs = groupQueryAttention(instance, rows);
    expect(differences(ours, theirs)).toBeGreaterThan(0);
    ours.forEach((output, index) =>
      output.forEach((value, at) => expect(value).toBeCloseTo(theirs[index]![at]!, 4)),
    );
  });
});

describe('against float64', () => {
  test.each(names)('%s: no worse than GroupQueryAttention', (name) => {
    const shape = shapes[name]!;
    for (const [past, size] of [
      [0, 3],
      [300, 20],
      [560, 5],
    ] as const) {
      const instance = new AttentionCase(shape, past, size, past);
      const rows = Array.from({ length: size }, (_, token) => instance.linearRow(token));
      const run = new AttentionRun(instance, session(name, fastest));
      const outputs = run.forward(rows);
      const exact = referenceAttention(instance, run, rows);
      const error = relativeError(outputs, exact);
      // GroupQueryAttention has no norms, and its float16 path computes in float16.
      const bound =
        shape.half || shape.norms ? 5e-7 : relativeError(groupQueryAttention(instance, rows), exact);
      expect(error, `${past} + ${size}`).toBeLessThanOrEqual(bound);
    }
  });

  test('the keys that are stored', () => {
    for (const name of ['Gemma 2 2B', 'Gemma 3 270M, local']) {
      const instance = new AttentionCase(shapes[name]!, 7, 3, 1);
      const { heads, keyHeads, headSize } = instance.shape;
      const run = new AttentionRun(instance, session(name, fastest));
      run.linear([3]);
      const slots = [0, 1, 2].flatMap((token) =>
        Array.from({ length: keyHeads }, (_, head) => ({ token, head })),
      );
      const stored = slots.map(({ token, head }) =>
        Float32Array.from({ length: headSize }, (_, d) => run.keys[instance.keyIndex(head, 7 + token, d)]!),
      );
      const exact = slots.map(({ token, head }) => rotated(instance, token, heads + head, 7 + token));
      expect(relativeError(stored, exact), name).toBeLessThan(1e-7);
    }
  });
});
