import type { NewColumn } from '../../../src-main/contract/comparison.ts';
import type { Strategy } from '../../../src-main/contract/strategy.ts';
import { type Preset, presets } from '../../../src-main/report/presets.ts';
import type { Language } from '../shell/language.svelte.ts';
import { equalStrategies } from '../strategy/equal-strategies.ts';
import { settingTexts, strategyName } from '../strategy/strategy-name.ts';

/** The columns of a preset, named in the window's language. */
export function presetColumns(language: Language, { columns }: Preset): readonly NewColumn[] {
  return columns.map(({ strategy, label }) => {
    const values = settingTexts(language, strategy) as { temperature: string; draftLength: string };
    const name =
      label === undefined ? strategyName(language, strategy) : language.text(`column-${label}`, values);
    return { name, strategy };
  });
}

/** A column of `strategy`, and those of the first preset that differ from it. */
export function columnsBeside(language: Language, strategy: Strategy): readonly NewColumn[] {
  const own = { name: strategyName(language, strategy), strategy };
  const [preset] = presets;
  const others = preset === undefined ? [] : presetColumns(language, preset);
  return [own, ...others.filter((other) => !equalStrategies(other.strategy, strategy))];
}
