import type { Settings } from '../../../src-main/contract/settings.ts';
import type { Strategy } from '../../../src-main/contract/strategy.ts';
import { parseStrategy } from '../../../src-main/contract/strategy.ts';

/** How answers are made: what can be set for all conversations, or for one. */
export type AnswerSettings = Pick<Settings, 'strategy' | 'maxTokens' | 'versions'>;

const drawn = (temperature: number, minP: number): Strategy =>
  parseStrategy({ kind: 'auto', policy: { kind: 'sampling', temperature, topK: 0, topP: 1, minP, seed: 1 } });

/** Strategies that are chosen by what they are good for. */
export const strategyPresets = [
  { id: 'exact', strategy: parseStrategy({ kind: 'auto' }), versions: 1 },
  { id: 'precise', strategy: parseStrategy({ kind: 'beam', width: 4 }), versions: 1 },
  { id: 'balanced', strategy: drawn(0.7, 0.1), versions: 1 },
  { id: 'inventive', strategy: drawn(1.1, 0.05), versions: 1 },
  { id: 'versions', strategy: drawn(0.9, 0.08), versions: 3 },
] as const;
export type StrategyPreset = (typeof strategyPresets)[number];

/** The preset that `settings` amount to, whatever model drafts and however many versions there are. */
export function presetOf({ strategy, versions }: AnswerSettings): StrategyPreset | undefined {
  const { draftModel: _, ...plain } = { draftModel: undefined, ...strategy };
  const same = (other: Strategy) =>
    JSON.stringify(sorted(other)) === JSON.stringify(sorted(plain as Strategy));
  return strategyPresets.find(
    (preset) => same(preset.strategy) && (preset.versions === 1) === (versions === 1 || !draws(strategy)),
  );
}

/** The strategy of a preset, with the draft model that `before` has, where it can have one. */
export function strategyOf(preset: StrategyPreset, before: Strategy): Strategy {
  const { strategy } = preset;
  if (strategy.kind !== 'auto' || before.kind !== 'auto' || before.draftModel === undefined) return strategy;
  return { ...strategy, draftModel: before.draftModel };
}

/** Whether another seed gives another text. */
export function draws(strategy: Strategy): boolean {
  return seedOf(strategy) !== undefined;
}

/** The seed of what is drawn; undefined where nothing is. */
export function seedOf(strategy: Strategy): number | undefined {
  if (strategy.kind === 'sampling') return strategy.seed;
  if (strategy.kind === 'beam') return strategy.sample ? strategy.seed : undefined;
  if (strategy.kind === 'candidate-set') return strategy.policy === 'sampling' ? strategy.seed : undefined;
  if (strategy.kind !== 'auto' && strategy.kind !== 'speculative') return undefined;
  return strategy.policy.kind === 'sampling' ? strategy.policy.seed : undefined;
}

/** With its keys in order, so that two that mean the same are written alike. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).sort(([one], [other]) => one.localeCompare(other));
  return entries.map(([key, member]) => [key, sorted(member)]);
}
