import { invertedEffects } from '@codemirror/commands';
import {
  Annotation,
  type ChangeDesc,
  EditorState,
  type Extension,
  StateEffect,
  StateField,
  type Transaction,
} from '@codemirror/state';
import type { RewriteOutcome } from '../../../../src-main/contract/document.ts';
import type { ChangeDoubt } from '../../../../src-main/contract/rewrite/guard/verdict.ts';
import type { Segment } from '../rewrite-segments.ts';

/** An undecided change: replaces `from` to `to` by `insert`. */
export interface OpenChange {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
  /** Why it is a suggestion, which isn't accepted with the others; absent if it is none. */
  readonly doubt?: ChangeDoubt;
}

/** A rewrite in the text: the old text stays until a change is accepted. */
export interface ShownRewrite {
  /** The rewrite that offered the text. */
  readonly rewriteId: string;
  readonly from: number;
  readonly to: number;
  /** The text from here on isn't rewritten yet. */
  readonly written: number;
  readonly growing: boolean;
  readonly changes: readonly OpenChange[];
  /** Index of the current change. */
  readonly current: number;
  readonly accepted: number;
  readonly rejected: number;
  /** Whether the text around it was edited since it is shown; default no. */
  readonly edited?: boolean;
}

/** Marks a transaction that accepts or rejects changes; it can be undone like typing. */
export const decided = Annotation.define<true>();

export const showRewrite = StateEffect.define<ShownRewrite | null>({
  map: (shown, changes) => shown && mapped(shown, changes, 'edit'),
});

/** Whether something is left to wait for or to decide; until then the passage can't be edited. */
export function isOpen(shown: ShownRewrite | null): shown is ShownRewrite {
  return shown !== null && (shown.growing || shown.changes.length > 0);
}

/** The changes that aren't accepted with all others. */
export function suggestionsOf({ changes }: ShownRewrite): readonly OpenChange[] {
  return changes.filter(({ doubt }) => doubt !== undefined);
}

/** What was decided about the changes so far. */
export function outcomeOf(shown: ShownRewrite): RewriteOutcome {
  const { accepted, rejected } = shown;
  if (isOpen(shown)) return accepted > 0 ? 'partly' : 'open';
  if (accepted === 0) return 'rejected';
  return rejected === 0 ? 'accepted' : 'partly';
}

export const rewriteField = StateField.define<ShownRewrite | null>({
  create: () => null,
  update(shown, transaction) {
    for (const effect of transaction.effects) if (effect.is(showRewrite)) return effect.value;
    if (!shown || !transaction.docChanged) return shown;
    // An undo may change the passage itself: the changes no longer apply.
    const inside = transaction.changes.touchesRange(shown.from, shown.to);
    if (inside && touchesInside(shown, transaction)) return null;
    return { ...mapped(shown, transaction.changes, 'edit'), edited: true };
  },
});

/** The rewrite in the text: its state, the protection of its passage, and undo. */
export function rewriteInDocument(): Extension {
  return [
    rewriteField,
    EditorState.changeFilter.of((transaction) => {
      const shown = transaction.startState.field(rewriteField);
      if (!isOpen(shown) || transaction.annotation(decided)) return true;
      return [shown.from, shown.to];
    }),
    invertedEffects.of((transaction) => {
      const returned = transaction.isUserEvent('undo') || transaction.isUserEvent('redo');
      const shows = transaction.effects.some((effect) => effect.is(showRewrite));
      if (!shows || !(transaction.annotation(decided) || returned)) return [];
      return [showRewrite.of(transaction.startState.field(rewriteField))];
    }),
  ];
}

/** `segments`, which start at `from` in the document, as undecided changes. */
export function changesAt(from: number, segments: readonly Segment[]): readonly OpenChange[] {
  const changes: OpenChange[] = [];
  let place = from;
  for (const segment of segments) {
    const length = segment.kind === 'same' ? segment.text.length : segment.removed.length;
    if (segment.kind === 'change') changes.push({ from: place, to: place + length, insert: segment.added });
    place += length;
  }
  return changes;
}

/** `shown` after an edit outside of its passage, or after one of its changes was accepted. */
export function mapped(shown: ShownRewrite, changes: ChangeDesc, by: 'edit' | 'rewrite'): ShownRewrite {
  const [before, after] = by === 'rewrite' ? ([-1, 1] as const) : ([1, -1] as const);
  const from = changes.mapPos(shown.from, before);
  const place = (position: number, side: -1 | 1) => Math.max(from, changes.mapPos(position, side));
  return {
    ...shown,
    from,
    to: place(shown.to, after),
    written: place(shown.written, after),
    changes: shown.changes.map((change) => {
      const start = place(change.from, 1);
      return { ...change, from: start, to: Math.max(start, place(change.to, -1)) };
    }),
  };
}

function touchesInside({ from, to }: ShownRewrite, transaction: Transaction): boolean {
  let inside = false;
  transaction.changes.iterChanges((start, end) => {
    inside ||= start < to && end > from;
  });
  return inside;
}
