import type { Command } from '../shell/commands.ts';
import type { ShellState } from '../shell/shell-state.svelte.ts';
import type { CompareState, CompareView } from './compare-state.svelte.ts';

/** Commands on comparisons, most frequent first. */
export function compareCommands(compare: CompareState, shell: ShellState): readonly Command[] {
  const { language } = shell;
  const show = (view: CompareView) => () => {
    shell.screen = 'compare';
    compare.view = view;
  };
  return [
    {
      id: 'new-comparison',
      name: language.text('new-comparison'),
      run: () => {
        shell.screen = 'compare';
        compare.startNew();
      },
    },
    { id: 'leaderboard', name: language.text('leaderboard'), run: show('leaderboard') },
    { id: 'payoff', name: language.text('payoff-title'), run: show('payoff') },
  ];
}
