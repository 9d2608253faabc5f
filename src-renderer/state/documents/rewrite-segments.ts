import { wordDiff, type DiffPart } from '../../../src-main/report/word-diff.ts';

/** Text that stays, or a change: what goes and what comes in its place. */
export type Segment =
  | { readonly kind: 'same'; readonly text: string }
  | { readonly kind: 'change'; readonly removed: string; readonly added: string };

export interface GrowingDiff {
  readonly segments: readonly Segment[];
  /** The end of the old text, which the new one hasn't come to yet. */
  readonly rest: string;
}

/** Changes that only a gap like this lies between are one: nobody decides about a space. */
const gap = /^[^\S\n]+$/u;
const word = /[\p{L}\p{N}'’]+|[^\s\p{L}\p{N}]/gu;
/** Words of the old text that a new word may stand for, and words that are looked at in any case. */
const reachPerWord = 1.25;
const leastReach = 8;

/** What becomes of `before` where `after` takes its place. Two changes never touch. */
export function segmentsBetween(before: string, after: string): readonly Segment[] {
  return segmentsOf(wordDiff(before, after));
}

/** As `segmentsBetween`, while `after` is still being written. */
export function growingSegments(before: string, after: string): GrowingDiff {
  const reach = endOfWord(before, Math.ceil(wordsIn(after) * reachPerWord) + leastReach);
  const parts = [...wordDiff(before.slice(0, reach), after)];
  const added = parts.at(-1)?.kind === 'added' ? parts.pop() : undefined;
  const removed = parts.at(-1)?.kind === 'removed' ? parts.pop() : undefined;
  // What is missing at the end isn't missing: it hasn't been written yet. A word there stands for a word.
  const open = removed?.text ?? '';
  const replaced = added === undefined ? 0 : endOfWord(open, wordsIn(added.text));
  if (replaced > 0) parts.push({ kind: 'removed', text: open.slice(0, replaced) });
  if (added) parts.push(added);
  return { segments: segmentsOf(parts), rest: open.slice(replaced) + before.slice(reach) };
}

/** The text where each change is taken or left; `isAccepted` is asked with its number, from 0. */
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

/** Where the word number `count` of `text` ends, from 1; its whole length where there are fewer. */
function endOfWord(text: string, count: number): number {
  let seen = 0;
  for (const match of text.matchAll(word)) {
    seen += 1;
    if (seen === count) return match.index + match[0].length;
  }
  return count === 0 ? 0 : text.length;
}
