import type { RewritePurpose } from '../../../src-main/contract/rewrite/purpose.ts';
import type { Settings } from '../../../src-main/contract/settings.ts';
import type { Strategy } from '../../../src-main/contract/strategy.ts';
import {
  isSpeculation,
  parseStrategy,
  tokenStrategyOf,
  withSeedAdvanced,
} from '../../../src-main/contract/strategy.ts';
import type { BuiltInAction, RewriteAction } from './actions.ts';

/** The most likely text, sped up by drafts from the passage, which it mostly repeats. */
const exact = parseStrategy({ kind: 'auto', policy: { kind: 'greedy', stopAtLoops: true } });
/** Other words, but likely ones. */
const varied = parseStrategy({
  kind: 'auto',
  policy: { kind: 'sampling', temperature: 0.4, topK: 0, topP: 0.9, minP: 0, seed: 1, stopAtLoops: true },
});

/** The strategies that actions have by default; null: the user's default for new conversations. */
const defaults: Readonly<Record<RewritePurpose, Strategy | null>> = {
  correct: exact,
  'to-english': exact,
  'to-chinese': exact,
  simplify: exact,
  shorten: exact,
  summarise: exact,
  reword: varied,
  expand: varied,
  custom: varied,
  continue: null,
};

type Defaults = Pick<Settings, 'strategy' | 'actionStrategies'>;
type Action = RewriteAction | BuiltInAction;

/** The strategy that an action has until the user gives it another. */
export function defaultStrategyOf({ purpose }: Pick<Action, 'purpose'>, settings: Defaults): Strategy {
  return defaults[purpose] ?? settings.strategy;
}

/** The strategy that the user gave an action; null for its default. */
export function strategyOverrideOf(action: Action, { actionStrategies }: Defaults): Strategy | null {
  return 'id' in action ? actionStrategies[action.id] : (action.strategy ?? null);
}

/**
 * The strategy that a rewrite by `action` takes.
 * @param seedOffset added to the seed, so that a passage rewritten again gets another text; default 0
 */
export function actionStrategy(action: Action, settings: Defaults, seedOffset = 0): Strategy {
  const strategy = strategyOverrideOf(action, settings) ?? defaultStrategyOf(action, settings);
  return withSeedAdvanced(strategy, seedOffset);
}

/** Least temperature and nucleus of the texts offered besides the first: likelier words rarely make another text. */
const alternativesMinimum = { temperature: 0.7, topP: 0.95 } as const;

/** A rewrite with the strategy by which it finds other texts. */
export function withAlternativesStrategy<Request extends { readonly strategy: Strategy }>(
  request: Request,
): Request {
  return { ...request, strategy: strategyForAlternatives(request.strategy) };
}

/** The strategy by which a rewrite finds other texts: if it samples, from at least `alternativesMinimum`. */
export function strategyForAlternatives(strategy: Strategy): Strategy {
  const policy = tokenStrategyOf(strategy);
  if (policy?.kind !== 'sampling') return strategy;
  const wider = {
    ...policy,
    temperature: Math.max(policy.temperature, alternativesMinimum.temperature),
    topP: Math.max(policy.topP, alternativesMinimum.topP),
  };
  return isSpeculation(strategy) ? { ...strategy, policy: wider } : wider;
}
