import type { RewriteComparison } from '../actions.ts';
import { growingSegments, segmentsBetween, type Segment } from '../rewrite-segments.ts';
import { changesAt, type OpenChange } from './rewrite-field.ts';

/** What is shown of a rewrite. */
export interface RewriteChanges {
  readonly changes: readonly OpenChange[];
  /** Up to here the text has been rewritten. */
  readonly written: number;
  /** How it is compared from now on: texts that have nothing in common aren't compared word by word. */
  readonly comparison: RewriteComparison;
}

/** Share of the letters that both texts must have for their words to be compared, and the letters that tell. */
const leastSame = 0.3;
const tellingLetters = 80;

/**
 * The changes that make `after` of `before`, which stands in the document from `from` on.
 * @param growing whether `after` is still being written
 */
export function rewriteChanges(
  from: number,
  before: string,
  after: string,
  comparison: RewriteComparison,
  growing: boolean,
): RewriteChanges {
  const to = from + before.length;
  if (before === after || (!growing && after.trim() === '')) return { changes: [], written: to, comparison };
  if (after.startsWith(before)) {
    // A continued text, and the beginning of any other one.
    const insert = after.slice(before.length);
    return { changes: [{ from: to, to, insert }], written: to, comparison };
  }
  if (comparison === 'words') {
    const { segments, rest } = growing
      ? growingSegments(before, after)
      : { segments: segmentsBetween(before, after), rest: '' };
    if (!haveLittleInCommon(segments, growing ? after.length : Math.max(before.length, after.length)))
      return { changes: changesAt(from, segments), written: to - rest.length, comparison };
  }
  return {
    changes: [wholeChange(from, before, after, growing)],
    written: growing ? from : to,
    comparison: 'whole',
  };
}

function haveLittleInCommon(segments: readonly Segment[], length: number): boolean {
  if (length < tellingLetters) return false;
  const same = segments.reduce(
    (sum, segment) => sum + (segment.kind === 'same' ? segment.text.length : 0),
    0,
  );
  return same < length * leastSame;
}

/** One text in place of the other; while it grows it stands behind it. Blanks around both stay. */
function wholeChange(from: number, before: string, after: string, growing: boolean): OpenChange {
  const start = from + (before.length - before.trimStart().length);
  const end = Math.max(start, from + before.trimEnd().length);
  return { from: growing ? end : start, to: end, insert: after.trim() };
}
