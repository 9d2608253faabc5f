import { describe, expect, test } from 'vitest';
import type { Strategy } from '../../src-main/contract/strategy.ts';
import {
  draws,
  parseStrategy,
  seedOf,
  strategies,
  strategyKinds,
  withBest,
  withSeed,
} from '../../src-main/contract/strategy.ts';

const sampling = { kind: 'sampling', seed: 5 };
/** Strategies with settings by which they draw, and with others by which they don't. */
const drawing: readonly unknown[] = [
  sampling,
  { kind: 'auto', policy: sampling },
  { kind: 'speculative', policy: sampling },
  { kind: 'beam', sample: true, seed: 5 },
  { kind: 'candidate-set', policy: 'sampling', seed: 5 },
];
const deterministic: readonly unknown[] = [
  ...['greedy', 'auto', 'speculative', 'contrastive'].map((kind) => ({ kind })),
  { kind: 'beam', seed: 5 },
  { kind: 'candidate-set', policy: 'beam', seed: 5 },
];

test('every kind is covered here', () => {
  const kinds = [...drawing, ...deterministic].map((input) => parseStrategy(input).kind);
  expect([...new Set(kinds)].sort()).toEqual([...strategyKinds].sort());
});

describe.each(drawing)('%j draws', (input) => {
  const strategy = parseStrategy(input);

  test('with a seed that can be replaced', () => {
    expect([draws(strategy), seedOf(strategy)]).toEqual([true, 5]);
    const other = withSeed(strategy, 9);
    expect(other && seedOf(other)).toBe(9);
    expect(parseStrategy(other)).toEqual(other);
    expect(other && withSeed(other, 5)).toEqual(strategy);
  });
});

test.each(deterministic)('%j draws nothing, whatever seed it has', (input) => {
  const strategy = parseStrategy(input);
  expect([draws(strategy), seedOf(strategy), withSeed(strategy, 9)]).toEqual([false, undefined, undefined]);
});

describe.each(strategies.map((description) => ({ ...description })))('$kind', (description) => {
  const { kind, examples, settings, sweep, rules } = description;

  test('has examples that are valid', () => {
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples)
      expect(parseStrategy({ kind, ...example })).toMatchObject({ kind, ...example });
  });

  test('has defaults that break no rule', () => {
    expect(parseStrategy({ kind }).kind).toBe(kind);
  });

  test('names its own settings only', () => {
    const named = [...sweep, ...rules.flatMap(({ between }) => [...between])];
    expect(named.filter((setting) => !(setting in settings))).toEqual([]);
  });

  test('as a search returns as many results as asked for, if it is one', () => {
    const strategy = parseStrategy({ kind }) as Strategy;
    const counts = [1, 2, 7, 8].map((count) => withBest(strategy, count));
    if (!('best' in settings)) return expect(counts).toEqual([undefined, undefined, undefined, undefined]);
    expect(counts.map((search) => search && 'best' in search && search.best)).toEqual([1, 2, 7, 8]);
    for (const search of counts) expect(parseStrategy(search)).toEqual(search);
  });
});
