import type { Comparison } from '../../contract/comparison.ts';
import { acceptanceTimeLines } from './acceptance-over-time.ts';
import { acceptanceLines } from './acceptance.ts';
import { beamTree } from './beam-tree.ts';
import { logProbabilityLines } from './log-probability.ts';
import type { Picture } from './chart.ts';
import { qualitySpeed } from './quality-speed.ts';
import { speculationRounds } from './speculation-rounds.ts';
import { speedBars } from './speed-bars.ts';
import type { PictureWords } from './words.ts';
import { englishWords } from './words.ts';

/** Pictures over all columns; those that would be empty are left out. */
export function overviewPictures(
  comparison: Pick<Comparison, 'columns' | 'runs'>,
  words: PictureWords = englishWords,
): readonly Picture[] {
  const pictures = [
    speedBars(comparison, words),
    qualitySpeed(comparison, words),
    logProbabilityLines(comparison, words),
    acceptanceLines(comparison, words),
    acceptanceTimeLines(comparison, words),
  ];
  return pictures.filter(({ table }) => table.rows.length > 0);
}

/** Every picture of a comparison with a name of its own. */
export function allPictures(
  comparison: Pick<Comparison, 'columns' | 'runs'>,
): readonly { readonly name: string; readonly picture: Picture }[] {
  const inside = comparison.columns.flatMap(({ id, name }) => {
    const picture = columnPicture(comparison, id);
    return picture ? [{ name: `${picture.title}: ${name}`, picture }] : [];
  });
  return [...overviewPictures(comparison).map((picture) => ({ name: picture.title, picture })), ...inside];
}

/** The picture of what one column's algorithm did in its first repeat; null where it had nothing to tell. */
export function columnPicture(
  { columns, runs }: Pick<Comparison, 'columns' | 'runs'>,
  columnId: string,
  words: PictureWords = englishWords,
): Picture | null {
  const column = columns.find(({ id }) => id === columnId);
  const run = runs.find((one) => one.columnId === columnId && one.repeat === 0);
  if (!column || !run) return null;
  const has = (type: string) => run.trace.some((event) => event.type === type);
  if (has('beams')) return beamTree(run, column.strategy.kind === 'candidate-set', words);
  return has('round') ? speculationRounds(run, words) : null;
}
