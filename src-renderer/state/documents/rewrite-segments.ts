import { withWholeSentences } from '../../../src-main/report/readable-diff.ts';
import { wordDiff, type DiffPart } from '../../../src-main/report/word-diff.ts';

/** Unchanged text, or a change. */
export type Segment =
  | { readonly kind: 'same'; readonly text: string }
  | { readonly kind: 'change'; readonly removed: string; readonly added: string };

export interface GrowingDiff {
  readonly segments: readonly Segment[];
  /** The end of the old text that the new one hasn't reached yet. */
  readonly rest: string;
}

/** Changes with only such a gap between them are merged: a space is not worth a decision. */
const gap = /^[^\S\n]+$/u;
const word = /[\p{L}\p{M}\p{N}'’]+|[^\s\p{L}\p{M}\p{N}]/gu;
/** Words of the old text compared with a growing one: per new word, and at least. */
const reachPerWord = 1.25;
const minReach = 8;

/** The segments that turn `before` into `after`. Two changes are never adjacent. */
export function segmentsBetween(before: string, after: string): readonly Segment[] {
  return segmentsOf(withWholeSentences(wordDiff(before, after)));
}

/** As `segmentsBetween`, while `after` is still growing. */
export function growingSegments(before: string, after: string): GrowingDiff {
  const reach = endOfWord(before, Math.ceil(wordsIn(after) * reachPerWord) + minReach);
  const parts = [...wordDiff(before.slice(0, reach), after)];
  const added = parts.at(-1)?.kind === 'added' ? parts.pop() : undefined;
  const removed = parts.at(-1)?.kind === 'removed' ? parts.pop() : undefined;
  // Words missing at the end are not removed but not generated yet: each new word replaces one old word.
  const open = removed?.text ?? '';
  const replaced = added === undefined ? 0 : endOfWord(open, wordsIn(added.text));
  if (replaced > 0) parts.push({ kind: 'removed', text: open.slice(0, replaced) });
  if (added) parts.push(added);
  return {
    segments: segmentsOf(withWholeSentences(parts, true)),
    rest: open.slice(replaced) + before.slice(reach),
  };
}

/** The text with some changes accepted. @param isAccepted called with the 0-based number of each change */
export function textWith(segments: readonly Segment[], isAccepted: (change: number) => boolean): string {
  let change = 0;
  return segments
    .map((segment) => {
      if (segment.kind === 'same') return segment.text;
      return isAccepted(change++) ? segment.added : segment.removed;
    })
    .join('');
}

function segmentsOf(parts: readonly DiffPart[]): readonly Segment[] {
  const segments: Segment[] = [];
  for (const { kind, text } of parts) {
    const last = segments.at(-1);
    if (kind === 'same') segments.push({ kind, text });
    else if (last?.kind === 'change') segments[segments.length - 1] = extended(last, kind, text);
    else if (last && gap.test(last.text) && segments.at(-2)?.kind === 'change') {
      segments.pop();
      const before = segments.pop() as Segment & { kind: 'change' };
      const { removed, added } = before;
      const joined = { ...before, removed: removed + last.text, added: added + last.text };
      segments.push(extended(joined, kind, text));
    } else segments.push(extended({ kind: 'change', removed: '', added: '' }, kind, text));
  }
  return segments;
}

function extended(
  change: Segment & { readonly kind: 'change' },
  kind: 'added' | 'removed',
  text: string,
): Segment {
  return { ...change, [kind]: change[kind] + text };
}

function wordsIn(text: string): number {
  return text.match(word)?.length ?? 0;
}

/** End of the `count`th word of `text`; its length if there are fewer. */
function endOfWord(text: string, count: number): number {
  let seen = 0;
  for (const match of text.matchAll(word)) {
    seen += 1;
    if (seen === count) return match.index + match[0].length;
  }
  return count === 0 ? 0 : text.length;
}
