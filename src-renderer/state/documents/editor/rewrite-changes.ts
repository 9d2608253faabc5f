import type { RewriteComparison } from '../actions.ts';
import { growingSegments, segmentsBetween, type Segment } from '../rewrite-segments.ts';
import { changesAt, type OpenChange } from './rewrite-field.ts';

/** A rewritten text as changes of the old one. */
export interface RewriteChanges {
  readonly changes: readonly OpenChange[];
  /** End of the text that is rewritten so far. */
  readonly written: number;
  /** How to compare from now on: texts with little in common are not compared word by word. */
  readonly comparison: RewriteComparison;
}

/** Minimum share of unchanged characters for a comparison word by word. */
const minUnchanged = 0.3;
/** Texts shorter than this are always compared word by word. */
const shortText = 80;

/**
 * The changes that turn `before`, which starts at `from` in the document, into `after`.
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
    // A continuation, or the start of any other text.
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
  if (length < shortText) return false;
  const same = segments.reduce(
    (sum, segment) => sum + (segment.kind === 'same' ? segment.text.length : 0),
    0,
  );
  return same < length * minUnchanged;
}

/** Replaces the whole text, or follows it while growing. Surrounding blanks stay. */
function wholeChange(from: number, before: string, after: string, growing: boolean): OpenChange {
  const start = from + (before.length - before.trimStart().length);
  const end = Math.max(start, from + before.trimEnd().length);
  return { from: growing ? end : start, to: end, insert: after.trim() };
}
