import { expect, test } from 'vitest';
import type { ForwardCosts } from '../../../src-main/contract/forward-costs.ts';
import { PayoffMeasurement } from '../../../src-renderer/state/compare/payoff.svelte.ts';
import { FakeApi } from '../fake-api.ts';

const costs: ForwardCosts = {
  modelId: 'sample',
  contextTokens: 256,
  forwards: [1, 2, 3, 4, 5].map((width) => ({ width, milliseconds: 8 + width })),
  draft: null,
};

test('measures, and predicts the payoff at the chosen acceptance rate', async () => {
  const api = new FakeApi({ 'engine-measure': () => costs });
  const payoff = new PayoffMeasurement(api);
  expect([payoff.payoffs, payoff.best]).toEqual([[], null]);
  await payoff.measure();
  expect(payoff.payoffs.map(({ draftLength }) => draftLength)).toEqual([1, 2, 3, 4]);
  payoff.acceptance = 0.9;
  expect(payoff.best?.draftLength).toBe(4);
  payoff.acceptance = 0.01;
  expect(payoff.best).toBeNull();
});

test('reports why it could not measure, and can be retried', async () => {
  const api = new FakeApi({ 'engine-measure': () => costs });
  const report = { code: 'engine-busy', message: 'The engine is still writing.', details: {} } as const;
  api.refusals.set('engine-measure', report);
  const payoff = new PayoffMeasurement(api);
  await payoff.measure();
  expect([payoff.error, payoff.measuring, payoff.costs]).toEqual([report, false, null]);
  api.refusals.clear();
  await payoff.measure();
  expect([payoff.error, payoff.costs]).toEqual([null, costs]);
});
