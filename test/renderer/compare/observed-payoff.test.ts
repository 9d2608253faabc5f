import type { TraceEvent } from '../../../src-main/contract/run.ts';
import { expect, test } from 'vitest';
import type { StrategyInput } from '../../../src-main/contract/strategy.ts';
import { parseStrategy } from '../../../src-main/contract/strategy.ts';
import { observedPayoff } from '../../../src-renderer/state/compare/observed-payoff.ts';
import { sampleRun, sampleStatistics } from '../../report/sample-run.ts';

const round = (proposed: number, accepted: number): TraceEvent => ({
  type: 'round',
  position: 0,
  source: 'prompt-lookup',
  proposed: Array.from({ length: proposed }, () => 'a'),
  accepted,
  draftMs: 0,
  verifyMs: 1,
});

/** Columns with their decoding speed and the rounds of their runs. */
function columns(...list: readonly (readonly [StrategyInput, number, (readonly TraceEvent[])?])[]) {
  return {
    columns: list.map(([strategy], index) => ({
      id: String(index),
      name: String(index),
      strategy: parseStrategy(strategy),
    })),
    runs: list.map(([, tokensPerSecond, trace = []], index) =>
      sampleRun(String(index), { trace, statistics: { ...sampleStatistics, tokensPerSecond } }),
    ),
  };
}

test('draft tokens that were verified count, and speeds under the same policy are compared', () => {
  const found = observedPayoff(
    columns(
      [{ kind: 'greedy' }, 10],
      [{ kind: 'sampling' }, 100],
      // The first is accepted, the second rejected, and the two after it were never verified.
      [{ kind: 'speculative' }, 20, [round(4, 1)]],
      [{ kind: 'auto' }, 12, [round(2, 2), round(2, 0)]],
    ),
  );
  expect(found.acceptance).toBe(3 / 5);
  expect(found.columns.map(({ name, acceptance, speedUp }) => [name, acceptance, speedUp])).toEqual([
    ['2', 1 / 2, 2],
    ['3', 2 / 3, 1.2],
  ]);
});

test('nothing is reported without draft tokens or without a comparable column', () => {
  expect(observedPayoff(columns([{ kind: 'greedy' }, 10], [{ kind: 'beam' }, 100]))).toEqual({
    acceptance: null,
    columns: [],
  });
  const sampled: StrategyInput = { kind: 'speculative', policy: { kind: 'sampling', temperature: 1 } };
  const [alone] = observedPayoff(columns([{ kind: 'greedy' }, 10], [sampled, 20])).columns;
  expect(alone).toMatchObject({ acceptance: null, speedUp: null });
  const [like] = observedPayoff(
    columns([{ kind: 'sampling', temperature: 1, seed: 3 }, 10], [sampled, 20]),
  ).columns;
  expect(like?.speedUp).toBe(2);
});
