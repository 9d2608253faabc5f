import { diffLines, diffWordsWithSpace } from 'diff';

export interface DiffPart {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** Words that are compared word by word; beyond, whole lines are, so that no text takes seconds. */
const mostCharacters = 60_000;
/** How far two texts may be apart before one is simply shown as replaced by the other. */
const mostEdits = 4000;

/**
 * What must be taken out of `before` and put in to get `after`. The parts that aren't added make `before`, those
 * that aren't removed make `after`.
 */
export function wordDiff(before: string, after: string): readonly DiffPart[] {
  if (before === after) return before === '' ? [] : [{ kind: 'same', text: before }];
  const long = before.length + after.length > mostCharacters;
  const options = { maxEditLength: mostEdits };
  const changes = long ? diffLines(before, after, options) : diffWordsWithSpace(before, after, options);
  if (!changes) {
    const parts: DiffPart[] = [
      { kind: 'removed', text: before },
      { kind: 'added', text: after },
    ];
    return parts.filter(({ text }) => text !== '');
  }
  return changes.map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }));
}
