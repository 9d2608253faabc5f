import type { NewColumn } from '../../../src-main/contract/comparison.ts';
import type { Preset } from '../../../src-main/report/presets.ts';
import type { Language } from '../shell/language.svelte.ts';
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
