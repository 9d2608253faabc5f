import { diffLines, diffWordsWithSpace } from 'diff';

export interface DiffPart {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** Total characters of both texts above which lines are compared instead of words, to bound the time. */
const maxCharacters = 60_000;
/** Edit distance above which the diff is a plain replacement. */
const maxEdits = 4000;

/**
 * Diff from `before` to `after`: joining the parts that aren't `added` gives `before`, joining those that aren't
 * `removed` gives `after`.
 */
export function wordDiff(before: string, after: string): readonly DiffPart[] {
  if (before === after) return before === '' ? [] : [{ kind: 'same', text: before }];
  const long = before.length + after.length > maxCharacters;
  const options = { maxEditLength: maxEdits };
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
