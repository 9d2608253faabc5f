import type { RewriteComparison } from '../actions.ts';
import type { GuardedChange } from '../../../../src-main/contract/rewrite/guard.ts';
import { growingSegments, segmentsBetween, type Segment, textWith } from '../rewrite-segments.ts';
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

/** The judged changes of a complete text, of which those that were taken back are left out or shown as suggestions. */
export interface Guarded {
  readonly changes: readonly GuardedChange[];
  readonly showsReverted: boolean;
}

const unguarded: Guarded = { changes: [], showsReverted: false };

/**
 * The changes that turn `before`, which starts at `from` in the document, into `after`.
 * @param growing whether `after` is still being written
 * @param guarded what the guard says of a complete text; default nothing
 */
export function rewriteChanges(
  from: number,
  before: string,
  after: string,
  comparison: RewriteComparison,
  growing: boolean,
  guarded: Guarded = unguarded,
): RewriteChanges {
  const to = from + before.length;
  const doubted = guarded.changes.filter(({ verdict }) => verdict !== 'sure');
  if (doubted.length > 0)
    return judgedChanges(from, before, after, comparison, { ...guarded, changes: doubted });
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

/** As `rewriteChanges`, with the changes that aren't sure apart from the others. @param guarded without sure changes */
function judgedChanges(
  from: number,
  before: string,
  after: string,
  comparison: RewriteComparison,
  { changes: doubted, showsReverted }: Guarded,
): RewriteChanges {
  const written = from + before.length;
  const [kept, changes] = [[] as Segment[], [] as OpenChange[]];
  let [at, start] = [0, 0];
  const add = (end: number, newEnd: number) => {
    const segments = segmentsBetween(before.slice(at, end), after.slice(start, newEnd));
    changes.push(...changesAt(from + at, segments));
    kept.push(...segments);
  };
  for (const change of doubted) {
    add(change.from, change.start);
    const offered = change.verdict === 'unsure' || showsReverted;
    const { removed, added, doubt } = change;
    if (offered && doubt !== null)
      changes.push({ from: from + change.from, to: from + change.to, insert: added, doubt });
    kept.push(offered ? { kind: 'change', removed, added } : { kind: 'same', text: removed });
    [at, start] = [change.to, change.end];
  }
  add(before.length, after.length);
  const [first] = doubted;
  const offered = textWith(kept, () => true);
  const whole = comparison === 'whole' || haveLittleInCommon(kept, Math.max(before.length, offered.length));
  if (!whole || first === undefined || first.doubt === null || changes.length < 2)
    return { changes, written, comparison };
  const change = wholeChange(from, before, offered, false);
  return { changes: [{ ...change, doubt: first.doubt }], written, comparison: 'whole' };
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
