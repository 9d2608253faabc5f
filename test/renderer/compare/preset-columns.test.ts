import * as v from 'valibot';
import { expect, test } from 'vitest';
import { newColumnSchema } from '../../../src-main/contract/comparison.ts';
import { type Preset, presets } from '../../../src-main/report/presets.ts';
import { Language } from '../../../src-renderer/state/shell/language.svelte.ts';
import { presetColumns } from '../../../src-renderer/state/compare/preset-columns.ts';

const englishNames: Readonly<Record<Preset['id'], readonly string[]>> = {
  six: ['Greedy', 'Beam 4', 'Sampling', 'Candidates, greedy', 'Candidates, beam', 'Candidates, sampling'],
  'draft-lengths': ['Plain', 'Draft length 2', 'Draft length 4', 'Draft length 8', 'Adaptive'],
  temperatures: ['Temperature 0.3', 'Temperature 0.7', 'Temperature 1', 'Temperature 1.5'],
  widths: ['Beam 1', 'Beam 2', 'Beam 4', 'Beam 8'],
};

test.each(presets)('the columns of $id are its strategies, each valid, with English names', (preset) => {
  const english = new Language(() => 'en', 'en');
  const columns = presetColumns(english, preset);
  expect(columns.map(({ name }) => name)).toEqual(englishNames[preset.id]);
  expect(columns.map(({ strategy }) => strategy)).toEqual(preset.columns.map(({ strategy }) => strategy));
  for (const column of columns) expect(v.parse(newColumnSchema, column)).toEqual(column);
});

test.each(presets)('the columns of $id have unique names in Chinese', (preset) => {
  const chinese = new Language(() => 'zh-CN', 'zh-CN');
  const names = presetColumns(chinese, preset).map(({ name }) => name);
  expect(new Set(names).size).toBe(preset.columns.length);
  for (const name of names) expect(name).toMatch(/\p{Script=Han}/u);
});
