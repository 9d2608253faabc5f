import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StrategyInput } from '../../../src-main/contract/strategy.ts';
import { LiveRun } from '../../../src-renderer/state/runs/live-run.svelte.ts';
import { runPhase } from '../../../src-renderer/state/runs/run-phase.ts';
import { comparisonId, ofColumn, streaming } from '../compare/sample-comparison.ts';
import { answer, searches, stepwise, tokensOf } from '../../engine/stop-rules.ts';

const newRun = (now: () => number) => new LiveRun(ofColumn(comparisonId, streaming('a')), now);
const isSearch = ({ kind }: StrategyInput) => kind === 'beam' || kind === 'candidate-set';

/** The phases of an answer by `strategy`, after each of its events and before the first. */
async function phasesOf(strategy: StrategyInput, seed: number) {
  const loop = [1, 5, 2, 9, 4];
  const prompt = [...loop, ...loop, ...loop.slice(0, 2)];
  const events = await answer({ loop, seed, pull: 8, prompt, strategy }, { maxTokens: 24 });
  let now = 0;
  const run = newRun(() => (now += 1000));
  const phases = [runPhase(run)];
  let tokens = 0;
  for (const event of events) {
    run.apply([event]);
    tokens += event.type === 'token' ? 1 : 0;
    phases.push({ ...runPhase(run) });
    const last = phases.at(-1)!;
    if ('tokens' in last) expect(last.tokens).toBe(tokens);
  }
  expect(tokens).toBe(tokensOf(events).length);
  return phases;
}

describe('the phase of a run', () => {
  const order = ['preparing', 'reading', 'starting', 'searching', 'writing'];
  const strategies = fc.constantFrom(...stepwise, ...searches);

  test('goes from the prompt to the text and never back, whatever the strategy', async () => {
    await fc.assert(
      fc.asyncProperty(strategies, fc.integer({ min: 1, max: 1_000_000 }), async (strategy, seed) => {
        const places = (await phasesOf(strategy, seed)).map(({ kind }) => order.indexOf(kind));
        expect(places).toEqual([...places].sort((one, other) => one - other));
        expect(places[0]).toBe(0);
        // Once something is generated, the prompt is never said to be read again.
        expect(order[places.at(-1)!]).toBe(isSearch(strategy) ? 'searching' : 'writing');
      }),
      { numRuns: 60 },
    );
  });

  test.each([...searches.map((strategy) => [strategy] as const)])(
    'of %j counts the steps of the search, beside a finished preview too',
    async (strategy) => {
      const phases = await phasesOf(strategy, 7);
      const steps = phases.flatMap((phase) => (phase.kind === 'searching' ? [phase.steps] : []));
      expect(steps.at(-1)).toBeGreaterThan(0);
      expect(steps).toEqual([...steps].sort((one, other) => one - other));
    },
  );

  test('says how far the finished text is read again', () => {
    const run = newRun(() => 0);
    const token = { type: 'token', id: 1, text: ' a', logProbability: -1, policyLogProbability: 0 } as const;
    run.apply([0, 1, 2].map((position) => ({ ...token, position, approximate: true as const })));
    expect(runPhase(run).kind).toBe('writing');
    run.apply([{ type: 'rescored', position: 0, tokens: [{ logProbability: -2 }, { logProbability: -2 }] }]);
    expect(runPhase(run)).toEqual({ kind: 'rescoring', done: 2, total: 3 });
    // Before the stats are refreshed, too.
    run.apply([{ ...token, position: 3, approximate: true }]);
    expect(runPhase(run)).toEqual({ kind: 'rescoring', done: 2, total: 4 });
  });

  test('shows how far the prompt is read, as long as nothing is generated', () => {
    let now = 0;
    const run = newRun(() => (now += 1000));
    expect(runPhase(undefined)).toEqual({ kind: 'preparing' });
    expect(runPhase(run)).toEqual({ kind: 'preparing' });
    run.apply([{ type: 'prompt-progress', done: 20, total: 45 }]);
    expect(runPhase(run)).toEqual({ kind: 'reading', done: 20, total: 45 });
    run.apply([{ type: 'prompt-progress', done: 45, total: 45 }]);
    expect(runPhase(run)).toEqual({ kind: 'starting' });
    run.apply([{ type: 'preview', text: 'The sea' }]);
    expect(runPhase(run)).toEqual({ kind: 'searching', steps: 0, tokens: 0 });
  });

  test('of a text that was followed late is that of a text', () => {
    const { tokens: _tokens, trace: _trace, ...read } = ofColumn(comparisonId, streaming('a'));
    const run = new LiveRun({ ...read, text: 'Once upon' }, () => 0);
    expect(runPhase(run)).toEqual({ kind: 'writing', tokens: 0 });
  });
});
