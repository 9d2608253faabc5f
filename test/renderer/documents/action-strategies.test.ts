import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultSettings, type Settings } from '../../../src-main/contract/settings.ts';
import {
  draws,
  isSpeculation,
  parseStrategy,
  seedOf,
  type Strategy,
} from '../../../src-main/contract/strategy.ts';
import {
  actionStrategy,
  defaultStrategyOf,
  strategyOverrideOf,
  strategyForAlternatives,
} from '../../../src-renderer/state/documents/action-strategies.ts';
import { builtInActions, instructed } from '../../../src-renderer/state/documents/actions.ts';
import { strategyPresets } from '../../../src-renderer/state/strategy/strategy-presets.ts';

const actionOf = (id: string) => builtInActions.find((action) => action.id === id)!;
const creative = strategyPresets.find(({ id }) => id === 'inventive')!.strategy;
const strategies = fc.constantFrom<Strategy>(
  ...strategyPresets.map(({ strategy }) => strategy),
  parseStrategy({ kind: 'contrastive' }),
  parseStrategy({ kind: 'candidate-set' }),
  parseStrategy({ kind: 'sampling', seed: 4_294_967_295 }),
);

describe('the strategy of an action', () => {
  test.each(['grammar', 'english', 'chinese', 'simplify', 'shorten', 'summarise'])(
    'to %s is greedy and speculates, whatever the user’s default is',
    (id) => {
      const strategy = actionStrategy(actionOf(id), { ...defaultSettings, strategy: creative });
      expect(strategy.kind).toBe('auto');
      expect(isSpeculation(strategy) && strategy.policy.kind).toBe('greedy');
    },
  );

  test.each(['rewrite', 'expand', 'formal', 'friendly', 'confident', 'neutral'])(
    'to make it %s samples likely words, whatever the user’s default is',
    (id) => {
      const strategy = actionStrategy(actionOf(id), { ...defaultSettings, strategy: creative });
      expect(isSpeculation(strategy) && strategy.policy).toMatchObject({
        ...{ kind: 'sampling', temperature: 0.4, topP: 0.9, seed: 1 },
      });
    },
  );

  test('to continue is the user’s default, and a typed instruction samples likely words', () => {
    const settings = { ...defaultSettings, strategy: creative };
    expect(actionStrategy(actionOf('continue'), settings)).toEqual(creative);
    expect(actionStrategy(instructed({ instruction: 'Rhyme' }), settings)).toEqual(
      defaultStrategyOf(actionOf('formal'), settings),
    );
  });

  test('of a custom action is its own if it has one', () => {
    const strategy = parseStrategy({ kind: 'beam' });
    expect(actionStrategy(instructed({ instruction: 'Rhyme', strategy }), defaultSettings)).toEqual(strategy);
  });

  test('is one’s own: random changes of others and of the default change nothing', () => {
    const change = fc.record({
      id: fc.constantFrom(...builtInActions.map(({ id }) => id)),
      strategy: fc.option(strategies),
    });
    fc.assert(
      fc.property(fc.array(change), strategies, (changes, strategy) => {
        let settings: Settings = { ...defaultSettings, strategy };
        const expected = new Map<string, Strategy | null>();
        for (const { id, strategy: own } of changes) {
          settings = { ...settings, actionStrategies: { ...settings.actionStrategies, [id]: own } };
          expected.set(id, own);
        }
        for (const action of builtInActions) {
          const own = expected.get(action.id) ?? null;
          expect(strategyOverrideOf(action, settings)).toEqual(own);
          expect(actionStrategy(action, settings)).toEqual(own ?? defaultStrategyOf(action, settings));
          if (action.id !== 'continue')
            expect(defaultStrategyOf(action, settings)).toEqual(defaultStrategyOf(action, defaultSettings));
        }
      }),
    );
  });

  test('for other texts samples more widely, and keeps its seed, its guard and everything that doesn’t sample', () => {
    const first = actionStrategy(actionOf('formal'), defaultSettings);
    const others = strategyForAlternatives(first);
    expect(isSpeculation(others) && others.policy).toEqual({
      ...(isSpeculation(first) && first.policy),
      ...{ temperature: 0.7, topP: 0.95 },
    });
    fc.assert(
      fc.property(strategies, (strategy) => {
        const wider = strategyForAlternatives(strategy);
        expect(parseStrategy(wider)).toEqual(parseStrategy(strategyForAlternatives(wider)));
        expect(seedOf(wider)).toBe(seedOf(strategy));
        if (!draws(strategy)) expect(wider).toEqual(strategy);
      }),
    );
    expect(strategyForAlternatives(creative)).toEqual(creative);
  });

  test('has another seed for each further attempt, and is the same if it doesn’t draw', () => {
    fc.assert(
      fc.property(strategies, fc.nat(1000), (strategy, attempt) => {
        const action = instructed({ instruction: 'Rhyme', strategy });
        const again = actionStrategy(action, defaultSettings, attempt);
        if (draws(strategy)) expect(seedOf(again)).toBe((seedOf(strategy)! + attempt) % 2 ** 32);
        else expect(again).toEqual(strategy);
      }),
    );
  });
});
