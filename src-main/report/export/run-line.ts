import type { ComparisonRun } from '../../contract/comparison.ts';
import { repeatsItself } from '../repeated-text.ts';
import { searchChoice } from '../search-score.ts';

/** Who wrote a message, in exported files. */
export const roleNames = { user: 'User', assistant: 'Model' } as const;

/** The line above the text of a run in exported files, without its error. @param seed of the comparison's first repeat */
export function runLine({ repeat, status, tokens, trace }: ComparisonRun, seed: number): string {
  const repeats = repeatsItself(tokens) ? ', repeats itself' : '';
  const choice = searchChoice(trace);
  const scores = choice
    ? `, search score ${choice.score.toFixed(3)} (sum ${choice.logProbabilitySum.toFixed(2)})`
    : '';
  return `Seed ${seed + repeat}, ${status}${repeats}${scores}`;
}
