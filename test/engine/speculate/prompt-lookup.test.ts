import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NgramIndex, PromptLookup } from '../../../src-main/engine/speculate/prompt-lookup.ts';
import { token, tokens } from '../../fakes/hash-model.ts';

const maxMatchLength = 4;

/** The same by comparing every place with every other one. */
function search(texts: readonly (readonly number[])[], count: number): { length: number; next: number[] } {
  const current = texts.at(-1)!;
  let best = { length: 0, next: [] as number[] };
  for (const text of texts) {
    // The occurrence ends before `end` and is followed by a token.
    for (let end = 1; end < text.length; end++) {
      let length = 0;
      while (
        length < Math.min(maxMatchLength, end, current.length) &&
        text[end - 1 - length] === current[current.length - 1 - length]
      ) {
        length++;
      }
      if (length === 0 || length < best.length) continue;
      const next: number[] = [];
      for (let index = end; next.length < count; index++) {
        if (index < text.length) next.push(text[index]!);
        else if (text === current) next.push(next[index - text.length]!);
        else break;
      }
      best = { length, next };
    }
  }
  return best;
}

function indexOf(texts: readonly (readonly number[])[]): NgramIndex {
  const index = new NgramIndex(maxMatchLength);
  texts.forEach((text, place) => {
    if (place > 0) index.endText();
    for (const id of text) index.add(token(id));
  });
  return index;
}

const texts = fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 30 }), {
  minLength: 1,
  maxLength: 4,
});

describe('n-gram index', () => {
  test('finds what a search through all places finds, after every token', () => {
    fc.assert(
      fc.property(texts, (found) => {
        const index = new NgramIndex(maxMatchLength);
        found.forEach((text, place) => {
          if (place > 0) index.endText();
          text.forEach((id, at) => {
            index.add(token(id));
            const expected = search([...found.slice(0, place), text.slice(0, at + 1)], 6);
            expect(index.matchLength).toBe(expected.length);
            expect(index.continuation(6)).toEqual(expected.next);
          });
        });
      }),
      { numRuns: 300 },
    );
  });

  test('another search finds something else (negative control)', () => {
    // The first occurrence instead of the latest one.
    expect(indexOf([[1, 2, 0, 1, 3, 1]]).continuation(1)).not.toEqual([2]);
  });

  test('uses the longest match, the latest of several, and repeats periodically after the end', () => {
    expect(indexOf([[1, 2, 3, 0, 2, 0, 1, 2]]).continuation(3)).toEqual([3, 0, 2]);
    expect(indexOf([[2, 1, 3, 1, 0, 1]]).continuation(2)).toEqual([0, 1]);
    expect(indexOf([[1, 2, 1, 2]]).continuation(5)).toEqual([1, 2, 1, 2, 1]);
  });

  test('does not read from one text into the next', () => {
    expect(
      indexOf([
        [1, 2],
        [3, 2],
      ]).continuation(2),
    ).toEqual([]);
    expect(indexOf([[1, 2, 3], [2]]).continuation(5)).toEqual([3]);
    expect(indexOf([[], [1]]).matchLength).toBe(0);
  });
});

describe('prompt lookup', () => {
  const always = (length: number) => () => length;

  test('proposes from the references, the prompt and the answer so far', async () => {
    const lookup = new PromptLookup({ references: [tokens(7, 8, 9)] });
    expect(await lookup.propose(tokens(1, 2, 3), always(2))).toBeUndefined();
    expect(await lookup.propose(tokens(1, 2, 3, 7), always(2))).toMatchObject({
      tokens: [8, 9],
      matchLength: 1,
    });
    expect(await lookup.propose(tokens(1, 2, 3, 7, 1, 2), always(2))).toEqual({
      tokens: [3, 7],
      source: 'prompt-lookup',
      matchLength: 2,
    });
  });

  test('requires the given match length and proposes up to the limit', async () => {
    const context = tokens(1, 2, 3, 2);
    expect(await new PromptLookup({ shortest: 2 }).propose(context, always(3))).toBeUndefined();
    expect(await new PromptLookup().propose(context, always(0))).toBeUndefined();
    expect((await new PromptLookup().propose(context, always(1)))?.tokens).toEqual([3]);
  });
});
