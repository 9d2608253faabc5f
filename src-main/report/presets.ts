import type { NewColumn } from '../contract/comparison.ts';
import type { StrategyInput } from '../contract/strategy.ts';
import { parseStrategy } from '../contract/strategy.ts';

const column = (name: string, strategy: StrategyInput): NewColumn => ({
  name,
  strategy: parseStrategy(strategy),
});

/** Columns to begin with. */
export interface Preset {
  readonly id: 'six' | 'draft-lengths' | 'temperatures' | 'widths';
  readonly columns: readonly NewColumn[];
}

export const presets: readonly Preset[] = [
  {
    id: 'six',
    columns: [
      column('Greedy', { kind: 'greedy' }),
      column('Beam 4', { kind: 'beam', width: 4 }),
      column('Sampling', { kind: 'sampling' }),
      column('Candidates, greedy', { kind: 'candidate-set', policy: 'greedy' }),
      column('Candidates, beam', { kind: 'candidate-set', policy: 'beam' }),
      column('Candidates, sampling', { kind: 'candidate-set', policy: 'sampling' }),
    ],
  },
  {
    id: 'draft-lengths',
    columns: [
      column('Plain', { kind: 'greedy' }),
      ...[2, 4, 8].map((draftLength) =>
        column(`Draft length ${draftLength}`, { kind: 'speculative', draftLength }),
      ),
      column('Adaptive', { kind: 'speculative' }),
    ],
  },
  {
    id: 'temperatures',
    columns: [0.3, 0.7, 1, 1.5].map((temperature) =>
      column(`Temperature ${temperature}`, { kind: 'sampling', temperature }),
    ),
  },
  {
    id: 'widths',
    columns: [1, 2, 4, 8].map((width) => column(`Beam ${width}`, { kind: 'beam', width })),
  },
];
