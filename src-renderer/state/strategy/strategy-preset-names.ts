import type { StrategyPreset } from './strategy-presets.ts';

/** Message keys of each strategy preset: its name and what it is good for. */
export const strategyPresetNames = {
  exact: ['strategy-preset-exact', 'strategy-preset-exact-text'],
  precise: ['strategy-preset-precise', 'strategy-preset-precise-text'],
  balanced: ['strategy-preset-balanced', 'strategy-preset-balanced-text'],
  inventive: ['strategy-preset-inventive', 'strategy-preset-inventive-text'],
  versions: ['strategy-preset-versions', 'strategy-preset-versions-text'],
} as const satisfies Record<StrategyPreset['id'], readonly [string, string]>;
