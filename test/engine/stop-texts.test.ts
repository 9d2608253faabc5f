import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { StopTexts } from '../../src-main/engine/stop-texts.ts';

function run(pieces: readonly string[], stopTexts: readonly string[]) {
  const stops = new StopTexts<number>(stopTexts);
  const events: number[] = [];
  let text = '';
  const take = (settled: { event: number; text: string }[]) => {
    for (const piece of settled) {
      events.push(piece.event);
      text += piece.text;
    }
  };
  let read = 0;
  for (const piece of pieces) {
    take(stops.add({ event: read++, text: piece }));
    if (stops.stopped) break;
  }
  take(stops.flush());
  return { text, events, read, stopped: stops.stopped };
}

describe('stop texts', () => {
  test('cut the text where they start, across pieces and inside one', () => {
    expect(run(['Hel', 'lo EN', 'D more'], ['END']).text).toBe('Hello ');
    expect(run(['aENDb'], ['END']).text).toBe('a');
  });

  test('hold text back only as long as it may be one', () => {
    const stops = new StopTexts<number>(['END']);
    expect(stops.add({ event: 0, text: 'a E' })).toEqual([]);
    expect(stops.add({ event: 1, text: 'N' })).toEqual([]);
    expect(stops.add({ event: 2, text: 'x' })).toEqual([
      { event: 0, text: 'a E' },
      { event: 1, text: 'N' },
      { event: 2, text: 'x' },
    ]);
  });

  test('give each piece once, in order, and the text before the first stop text, however it is cut', () => {
    const letters = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 30 }).map((list) => list.join(''));
    fc.assert(
      fc.property(
        letters,
        fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 40 }),
        fc.array(fc.constantFrom('ab', 'abc', 'cc', 'bab', 'aaa'), { maxLength: 3 }),
        (text, sizes, stopTexts) => {
          const pieces: string[] = [];
          let rest = text;
          for (let index = 0; rest.length > 0; index++) {
            const size = Math.max(sizes[index % sizes.length]!, index % 50 === 49 ? 1 : 0);
            pieces.push(rest.slice(0, size));
            rest = rest.slice(size);
          }
          const result = run(pieces, stopTexts);
          // A stop text counts once it is complete: look for the one that is complete in the fewest pieces.
          let seen = '';
          let expected = text;
          for (const piece of pieces) {
            seen += piece;
            const starts = stopTexts.map((stop) => seen.indexOf(stop)).filter((start) => start >= 0);
            if (starts.length > 0) {
              expected = seen.slice(0, Math.min(...starts));
              break;
            }
          }
          expect(result.text).toBe(expected);
          expect(result.events).toEqual(Array.from({ length: result.read }, (_, index) => index));
          expect(result.stopped).toBe(stopTexts.some((stop) => text.includes(stop)));
        },
      ),
      { numRuns: 500 },
    );
  });
});
