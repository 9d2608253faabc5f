import { expect, test } from 'vitest';
import type { Statistics } from '../../../src-main/contract/generation.ts';
import type { StrategyInput } from '../../../src-main/contract/strategy.ts';
import { parseStrategy } from '../../../src-main/contract/strategy.ts';
import { observedPayoff } from '../../../src-renderer/state/comparison-payoff.ts';
import { sampleRun, sampleStatistics } from '../../report/sample-run.ts';

/** Columns with the time that each took for its ten tokens. */
function columns(...list: readonly (readonly [StrategyInput, number, Partial<Statistics>?])[]) {
  return {
    columns: list.map(([strategy], index) => ({
      id: String(index),
      name: String(index),
      strategy: parseStrategy(strategy),
    })),
    runs: list.map(([, totalMs, more], index) =>
      sampleRun(String(index), { statistics: { ...sampleStatistics, totalMs, ...more } }),
    ),
  };
}

test('guesses of all runs count, and speeds of one policy are compared', () => {
  const found = observedPayoff(
    columns(
      [{ kind: 'greedy' }, 1000],
      [{ kind: 'sampling' }, 100],
      [{ kind: 'speculative' }, 500, { proposedTokens: 10, acceptedTokens: 4 }],
      [{ kind: 'auto' }, 800, { proposedTokens: 30, acceptedTokens: 26 }],
    ),
  );
  expect(found).toEqual({ acceptance: 0.75, speedUp: 2 });
});

test('nothing is told where nothing was guessed, or nothing is like it', () => {
  expect(observedPayoff(columns([{ kind: 'greedy' }, 1000], [{ kind: 'beam' }, 100]))).toEqual({
    acceptance: null,
    speedUp: null,
  });
  const sampled: StrategyInput = { kind: 'speculative', policy: { kind: 'sampling', temperature: 1 } };
  expect(observedPayoff(columns([{ kind: 'greedy' }, 1000], [sampled, 500])).speedUp).toBeNull();
  expect(
    observedPayoff(columns([{ kind: 'sampling', temperature: 1, seed: 3 }, 1000], [sampled, 500])).speedUp,
  ).toBe(2);
});
