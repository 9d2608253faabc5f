import type { NewColumn } from '../../../src-main/contract/comparison.ts';
import type { Strategy } from '../../../src-main/contract/strategy.ts';
import type { Preset } from '../../../src-main/report/presets.ts';
import type { Language } from '../shell/language.svelte.ts';
import { strategyName } from '../strategy/strategy-name.ts';

const candidateNames = {
  greedy: 'column-candidates-greedy',
  beam: 'column-candidates-beam',
  sampling: 'column-candidates-sampling',
} as const;

/** The columns of a preset, named in the window's language. */
export function presetColumns(language: Language, { id, columns }: Preset): readonly NewColumn[] {
  return columns.map(({ strategy }) => ({ name: columnName(language, id, strategy), strategy }));
}

/** What sets a column apart from the others of its preset. */
function columnName(language: Language, preset: Preset['id'], strategy: Strategy): string {
  switch (strategy.kind) {
    case 'greedy':
      return language.text(preset === 'draft-lengths' ? 'column-plain' : 'strategy-greedy');
    case 'sampling':
      return preset === 'temperatures'
        ? language.text('column-temperature', { temperature: language.decimal(strategy.temperature) })
        : language.text('column-sampling');
    case 'candidate-set':
      return language.text(candidateNames[strategy.policy]);
    case 'speculative':
      return strategy.draftLength === 'adaptive'
        ? language.text('column-adaptive')
        : language.text('column-draft-length', { count: strategy.draftLength });
    case 'auto':
    case 'beam':
    case 'contrastive':
      return strategyName(language, strategy);
  }
}
