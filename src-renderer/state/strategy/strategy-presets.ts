import type { AnswerSettings } from '../../../src-main/contract/answer-settings.ts';
import type { Strategy } from '../../../src-main/contract/strategy.ts';
import { draws, parseStrategy } from '../../../src-main/contract/strategy.ts';
import { equalStrategies } from './equal-strategies.ts';

const stopAtLoops = true;
const sampled = (temperature: number, minP: number): Strategy =>
  parseStrategy({
    kind: 'auto',
    policy: { kind: 'sampling', temperature, topK: 0, topP: 1, minP, seed: 1, stopAtLoops },
  });

/**
 * Strategies named after what they are good for. Each ends a text that only repeats itself, which leaves all tokens
 * before that end as they would be.
 */
export const strategyPresets = [
  {
    id: 'exact',
    strategy: parseStrategy({ kind: 'auto', policy: { kind: 'greedy', stopAtLoops } }),
    versions: 1,
  },
  { id: 'precise', strategy: parseStrategy({ kind: 'beam', width: 4, stopAtLoops }), versions: 1 },
  { id: 'balanced', strategy: sampled(0.7, 0.1), versions: 1 },
  { id: 'inventive', strategy: sampled(1.1, 0.05), versions: 1 },
  { id: 'versions', strategy: sampled(0.9, 0.08), versions: 3 },
] as const;
export type StrategyPreset = (typeof strategyPresets)[number];

/** The preset that the settings amount to, whatever draft model, stop at loops and number of versions they have. */
export function presetOf({ strategy, versions }: AnswerSettings): StrategyPreset | undefined {
  return strategyPresets.find(
    (preset) =>
      equalStrategies(preset.strategy, strategy, ['draftModel', 'stopAtLoops']) &&
      (preset.versions === 1) === (versions === 1 || !draws(strategy)),
  );
}

/** The strategy of a preset, with the draft model of `before` if both can have one. */
export function strategyOf(preset: StrategyPreset, before: Strategy): Strategy {
  const { strategy } = preset;
  if (strategy.kind !== 'auto' || before.kind !== 'auto' || before.draftModel === undefined) return strategy;
  return { ...strategy, draftModel: before.draftModel };
}
