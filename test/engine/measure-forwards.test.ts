import { expect, test } from 'vitest';
import { measureForwards } from '../../src-main/engine/measure-forwards.ts';
import type { Sequence } from '../../src-main/engine/model.ts';
import { HashModel, tokens } from '../fakes/hash-model.ts';

/** A sequence whose forwards take 10 ms plus 1 ms per token, and every third one ten times that. */
function slowSequence(): { sequence: Sequence; now: () => number; widths: number[] } {
  const inner = new HashModel().open();
  const widths: number[] = [];
  let time = 0;
  const forward: Sequence['forward'] = (given, keep) => {
    widths.push(given.length);
    time += (10 + given.length) * (widths.length % 3 === 0 ? 10 : 1);
    return inner.forward(given, keep);
  };
  const sequence: Sequence = {
    get tokens() {
      return inner.tokens;
    },
    forward,
    rollback: (count) => inner.rollback(count),
    interrupt: () => inner.interrupt(),
    close: () => inner.close(),
  };
  return { sequence, now: () => time, widths };
}

test('returns the median cost of every width despite outliers', async () => {
  const { sequence, now } = slowSequence();
  const context = tokens(1, 2, 3, 4, 5, 6, 7, 8);
  const found = await measureForwards(sequence, { context, widths: [1, 2, 5, 8], rounds: 7, now });
  expect(found).toEqual([11, 12, 15, 18]);
});

test('every counted forward has the width it is counted for', async () => {
  const { sequence, now, widths } = slowSequence();
  await measureForwards(sequence, { context: tokens(1, 2, 3, 4), widths: [3, 1], rounds: 2, now });
  expect(widths.slice(2)).toEqual([3, 1, 3, 1]);
});

test('a narrower forward never costs more than a wider one', async () => {
  const { sequence } = slowSequence();
  const took = [0, 9, 5, 7];
  let time = 0;
  const forward: Sequence['forward'] = (given, keep) => {
    time += took[given.length] ?? 0;
    return sequence.forward(given, keep);
  };
  const uneven = Object.create(sequence, { forward: { value: forward } }) as Sequence;
  const context = tokens(1, 2, 3, 4);
  const now = () => time;
  expect(await measureForwards(uneven, { context, widths: [1, 2, 3], rounds: 3, now })).toEqual([5, 5, 7]);
});
