import type { Comparison, ComparisonColumn, ComparisonRun } from '../../../src-main/contract/comparison.ts';
import type { Picture } from '../../../src-main/report/chart/chart.ts';
import { columnPicture } from '../../../src-main/report/chart/charts-of.ts';
import type { TreeNode } from '../../../src-main/report/chart/search-tree.ts';
import { searchTree } from '../../../src-main/report/chart/search-tree.ts';
import type { PictureWords } from '../../../src-main/report/chart/words.ts';
import { pictureWordKeys } from '../../messages/picture-word-keys.ts';
import type { Language } from '../shell/language.svelte.ts';

type Drawn = Pick<Comparison, 'columns' | 'runs'>;

/** The words of pictures in the window's language. */
export function pictureWords(language: Language): PictureWords {
  const entries = Object.entries(pictureWordKeys).map(([word, key]) => [word, language.text(key)]);
  return Object.fromEntries(entries) as PictureWords;
}

/** The columns whose algorithm told what it did in `repeat`. */
export function columnsWithTrace({ columns, runs }: Drawn, repeat: number): readonly ComparisonColumn[] {
  const told = runs.filter(
    (run) => run.repeat === repeat && run.trace.some(({ type }) => type !== 'hypotheses'),
  );
  return columns.filter(({ id }) => told.some(({ columnId }) => columnId === id));
}

/** Pictures of runs as they were, so that looking elsewhere and back draws nothing anew. */
const drawn = new WeakMap<
  ComparisonRun,
  { readonly words: PictureWords; readonly picture: Picture | null }
>();

/** What a column's algorithm did in one repeat; null where it told nothing. */
export function insideOf(
  { columns, runs }: Drawn,
  columnId: string,
  repeat: number,
  words: PictureWords,
): Picture | null {
  const run = runs.find((one) => one.columnId === columnId && one.repeat === repeat);
  if (!run) return null;
  const before = drawn.get(run);
  if (before?.words === words) return before.picture;
  // Pictures are of a first repeat.
  const picture = columnPicture({ columns, runs: [{ ...run, repeat: 0 }] }, columnId, words);
  drawn.set(run, { words, picture });
  return picture;
}

/** The steps of a column's search in one repeat; none where it has no run or no search. */
export function searchSteps(
  { runs }: Drawn,
  { id, strategy }: ComparisonColumn,
  repeat: number,
): readonly (readonly TreeNode[])[] {
  const run = runs.find((one) => one.columnId === id && one.repeat === repeat);
  return run ? searchTree(run, strategy.kind === 'candidate-set') : [];
}

/** The node that a tree's picture has under `key`; undefined where there is none. */
export function nodeAt(steps: readonly (readonly TreeNode[])[], key: string): TreeNode | undefined {
  const [step = -1, place = -1] = key.split('-').map(Number);
  return steps[step]?.[place];
}
