import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TokenId } from '../../src-main/engine/model.ts';
import type { RunForward } from '../../src-main/runtime/session-branches.ts';
import { SessionBranches } from '../../src-main/runtime/session-branches.ts';
import { allocatedBytes } from '../fakes/allocated-bytes.ts';

const prefix = [7, 8, 9];

/** A cache with tokens in place of keys and values, and a forward that records what each row attends to. */
function openSlots(spoil?: (slots: number[]) => void) {
  const slots = [...prefix];
  let gathered = 0;
  const seen: number[][] = [];
  const run: RunForward = ({ tokens, past, tree }) => {
    tokens.forEach((token, index) => (slots[past + index] = token));
    seen.length = 0;
    for (const row of tokens.keys()) {
      const { prefix: shared, slots: paths, columns } = tree!;
      const path = [...paths.subarray(row * columns, (row + 1) * columns)];
      seen.push([...slots.slice(0, shared), ...path.filter((slot) => slot >= 0).map((slot) => slots[slot]!)]);
    }
    return Promise.resolve({ logits: [], states: [] });
  };
  const gather = (from: readonly number[], to: number) => {
    gathered++;
    from.forEach((slot, index) => (slots[to + index] = slots[slot]!));
    spoil?.(slots);
  };
  const branches = new SessionBranches(prefix.length, 10_000, { gather }, run);
  return { branches, seen, slots, gathered: () => gathered };
}

/** The parent of each new leaf, as a fraction of the number of leaves. */
const step = fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1, maxLength: 6 });

/** Steps through a tree and returns how many rows attend to something other than their text. */
async function wrongRows(
  { branches, seen }: ReturnType<typeof openSlots>,
  steps: readonly (readonly number[])[],
): Promise<number> {
  let texts: readonly (readonly number[])[] = [[]];
  let token = 100;
  let wrong = 0;
  for (const shares of steps) {
    const parents = shares.map((share) => Math.floor(share * texts.length));
    const tokens = parents.map(() => token++);
    await branches.advance(parents, tokens as readonly number[] as readonly TokenId[]);
    texts = parents.map((parent, index) => [...texts[parent]!, tokens[index]!]);
    for (const [leaf, text] of texts.entries()) {
      expect(branches.path(leaf)).toEqual(text);
      if (seen[leaf]!.join() !== [...prefix, ...text].join()) wrong++;
    }
  }
  return wrong;
}

describe('slots of branches', () => {
  test('hold the text of each leaf, through any tree and any compaction', async () => {
    let gathered = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 120 }), async (steps) => {
        const slots = openSlots();
        expect(await wrongRows(slots, steps)).toBe(0);
        gathered += slots.gathered();
      }),
      { numRuns: 40 },
    );
    expect(gathered).toBeGreaterThan(40);
  });

  test('a compaction that moves a wrong slot is detected (negative control)', async () => {
    const slots = openSlots((held) => {
      held[prefix.length] = -1;
    });
    const steps = Array.from({ length: 60 }, () => [0.3, 0.3, 0.3, 0.3]);
    expect(await wrongRows(slots, steps)).toBeGreaterThan(0);
  });

  test('stay below twice the live ones plus a constant', async () => {
    const { branches, slots } = openSlots();
    for (let length = 1; length <= 500; length++) {
      await branches.advance(length === 1 ? [0, 0, 0, 0] : [2, 2, 2, 2], [1, 2, 3, 4] as TokenId[]);
      expect(slots.length).toBeLessThan(prefix.length + 2 * length + 64 + 20);
    }
  });

  test('cost the same bookkeeping at any length of the text', async () => {
    const bytesAt = async (length: number, keep: () => void) => {
      const branches = new SessionBranches(prefix.length, 100_000, { gather: () => {} }, () =>
        Promise.resolve({ logits: [], states: [] }),
      );
      const steps = async (count: number) => {
        for (let done = 0; done < count; done++) {
          keep();
          await branches.advance([0, 1, 2, 3], [1, 2, 3, 4] as TokenId[]);
        }
      };
      await branches.advance([0, 0, 0, 0], [1, 2, 3, 4] as TokenId[]);
      await steps(length);
      return (await allocatedBytes(() => steps(64))).heap;
    };
    const nothing = () => {};
    await bytesAt(100, nothing);
    const [short, long] = [await bytesAt(100, nothing), await bytesAt(2000, nothing)];
    expect(long).toBeLessThan(2 * short + 64 * 1024);
    // The control: a set of all that live in every step, as a search for the dead would need.
    const living = Array.from({ length: 1000 }, (_, node) => node);
    expect(await bytesAt(100, () => void new Set(living))).toBeGreaterThan(4 * short);
  });
});
