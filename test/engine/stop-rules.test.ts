import { describe, expect, test } from 'vitest';
import { strategyKinds } from '../../src-main/contract/strategy.ts';
import type { Case, Rules } from './stop-rules.ts';
import { answer, cut, forAll, greedy, idsOf, keptAndDue, searches, stepwise, textOf } from './stop-rules.ts';

describe('rules that end an answer', () => {
  test('are tested for every kind of strategy', () => {
    const covered = new Set([...stepwise, ...searches].map(({ kind }) => kind));
    expect([...strategyKinds].sort()).toEqual([...covered].sort());
  });

  test('end it alike under every strategy', async () => {
    const reasons = new Map<string, number>();
    await forAll([...stepwise, ...searches], 1500, async (one, rules) => {
      const events = await answer(one, rules);
      const { kept, due } = keptAndDue(events, rules);
      expect(kept).toEqual(due);
      for (const stop of rules.stopTexts ?? []) expect(kept.text).not.toContain(stop);
      const key = `${one.strategy.kind} ${due.reason ?? ''}`;
      reasons.set(key, (reasons.get(key) ?? 0) + 1);
    });
    // Every kind ended for every reason at least once.
    for (const kind of [
      'greedy',
      'sampling',
      'speculative',
      'beam',
      'candidate-set',
      'contrastive',
      'auto',
    ]) {
      for (const reason of ['end-token', 'stop-text', 'length', 'context-full']) {
        expect.soft(reasons.get(`${kind} ${reason}`) ?? 0, `${kind} ${reason}`).toBeGreaterThan(0);
      }
    }
  }, 120_000);

  test('only cut what is decoded token by token', async () => {
    const fixed = stepwise.filter(
      // Rejection draws differently if fewer proposed tokens fit.
      (strategy) => !('acceptance' in strategy && strategy.acceptance === 'rejection'),
    );
    await forAll(fixed, 500, async (one, rules, whole) => {
      const { kept } = keptAndDue(await answer(one, rules), rules);
      expect(kept).toMatchObject(cut(idsOf(whole), rules));
    });
  }, 120_000);

  test('are checked: an answer that ignores them is detected (negative control)', async () => {
    const one: Case = { loop: [0, 1, 2, 3], seed: 1, pull: 12, prompt: [0, 1, 2, 3, 0], strategy: greedy };
    const text = textOf(await answer(one, { maxTokens: 8 }));
    const rules: readonly Rules[] = [
      { maxTokens: 8, endTokens: [2] },
      { maxTokens: 8, stopTexts: [text.slice(3, 6)] },
      { maxTokens: 7 },
      { maxTokens: 8, room: 5 },
    ];
    for (const strategy of [greedy, ...searches]) {
      for (const rule of rules) {
        const { kept, due } = keptAndDue(await answer({ ...one, strategy }, { maxTokens: 8 }), rule);
        expect(kept).not.toEqual(due);
      }
    }
  });
});
