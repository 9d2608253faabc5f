import { expect, test } from 'vitest';
import { presets } from '../../../src-main/report/presets.ts';
import { Language } from '../../../src-renderer/state/shell/language.svelte.ts';
import { presetColumns } from '../../../src-renderer/state/compare/preset-columns.ts';

test.each(presets)(
  'the columns of $id are those of every program, by the same names in English',
  (preset) => {
    const english = new Language(() => 'en', 'en');
    expect(presetColumns(english, preset)).toEqual(preset.columns);
  },
);

test.each(presets)('the columns of $id have names of their own in Chinese', (preset) => {
  const chinese = new Language(() => 'zh-CN', 'zh-CN');
  const names = presetColumns(chinese, preset).map(({ name }) => name);
  expect(new Set(names).size).toBe(preset.columns.length);
  for (const name of names) expect(name).toMatch(/\p{Script=Han}/u);
});
