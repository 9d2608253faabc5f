import type { Strategy, StrategyInput } from '../contract/strategy.ts';
import { parseStrategy } from '../contract/strategy.ts';

/** What sets a column apart from the others of its preset. */
export type ColumnLabel =
  | 'plain'
  | 'sampling'
  | 'candidates-greedy'
  | 'candidates-beam'
  | 'candidates-sampling'
  | 'draft-length'
  | 'adaptive'
  | 'temperature';

export interface PresetColumn {
  readonly strategy: Strategy;
  /** Default: the name of the strategy. */
  readonly label?: ColumnLabel;
}

/** Columns to start a comparison with. */
export interface Preset {
  readonly id: 'six' | 'draft-lengths' | 'temperatures' | 'widths';
  readonly columns: readonly PresetColumn[];
}

const column = (input: StrategyInput, label?: ColumnLabel): PresetColumn => {
  const strategy = parseStrategy(input);
  return label === undefined ? { strategy } : { strategy, label };
};

export const presets: readonly Preset[] = [
  {
    id: 'six',
    columns: [
      column({ kind: 'greedy' }),
      column({ kind: 'beam', width: 4 }),
      column({ kind: 'sampling' }, 'sampling'),
      column({ kind: 'candidate-set', policy: 'greedy' }, 'candidates-greedy'),
      column({ kind: 'candidate-set', policy: 'beam' }, 'candidates-beam'),
      column({ kind: 'candidate-set', policy: 'sampling' }, 'candidates-sampling'),
    ],
  },
  {
    id: 'draft-lengths',
    columns: [
      column({ kind: 'greedy' }, 'plain'),
      ...[2, 4, 8].map((draftLength) => column({ kind: 'speculative', draftLength }, 'draft-length')),
      column({ kind: 'speculative' }, 'adaptive'),
    ],
  },
  {
    id: 'temperatures',
    columns: [0.3, 0.7, 1, 1.5].map((temperature) =>
      column({ kind: 'sampling', temperature }, 'temperature'),
    ),
  },
  {
    id: 'widths',
    columns: [1, 2, 4, 8].map((width) => column({ kind: 'beam', width })),
  },
];
