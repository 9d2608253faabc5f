import { describe, expect, test } from 'vitest';
import { parseGenerateOptions, usage } from '../../src-main/command-line/generate-options.ts';
import { seedOf, strategyKinds } from '../../src-main/contract/strategy.ts';

const withSeed = (strategy: object) =>
  parseGenerateOptions(['--prompt', 'x', '--seed', '7', '--strategy', JSON.stringify(strategy)]);

describe('--seed', () => {
  test.each([
    { kind: 'sampling' },
    { kind: 'auto', policy: { kind: 'sampling' } },
    { kind: 'speculative', policy: { kind: 'sampling' } },
    { kind: 'beam', sample: true },
    { kind: 'candidate-set', policy: 'sampling' },
  ])('is the seed of %j', (strategy) => {
    expect(seedOf(withSeed(strategy).request.strategy)).toBe(7);
  });

  test.each([
    ...['greedy', 'auto', 'beam', 'candidate-set', 'speculative', 'contrastive'].map((kind) => ({ kind })),
    { kind: 'beam', seed: 3 },
    { kind: 'candidate-set', policy: 'greedy', seed: 3 },
  ])('is refused for %j, which draws nothing', (strategy) => {
    expect(() => withSeed(strategy)).toThrow(
      `--seed has no effect on ${strategy.kind}, which draws nothing with these settings: leave it out`,
    );
  });
});

test('--adapter runs the model with its adapter', () => {
  expect(parseGenerateOptions(['--prompt', 'x', '--adapter']).request.adapter).toBe(true);
  expect(parseGenerateOptions(['--prompt', 'x']).request).not.toHaveProperty('adapter');
});

test('the help shows every strategy', () => {
  for (const kind of strategyKinds) {
    expect(usage).toContain(`${kind}: `);
    expect(usage).toContain(`{"kind":"${kind}"`);
  }
});
