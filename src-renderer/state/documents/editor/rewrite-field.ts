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
import type { Segment } from '../rewrite-segments.ts';

/** What goes (`from` to `to`) and what comes in its place, undecided. */
export interface OpenChange {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** A rewrite in the document: the old text stands there until a change is accepted. */
export interface ShownRewrite {
  /** Of the rewrite that the changes are from. */
  readonly rewriteId: string;
  readonly from: number;
  readonly to: number;
  /** From here on, nothing is decided about the text: it is still being rewritten. */
  readonly written: number;
  readonly growing: boolean;
  readonly changes: readonly OpenChange[];
  /** The change that is looked at; of `changes`, from 0. */
  readonly current: number;
  readonly accepted: number;
  readonly rejected: number;
}

/** What a person does with changes: it can be undone, as typing can. */
export const decision = Annotation.define<true>();

export const showRewrite = StateEffect.define<ShownRewrite | null>({
  map: (shown, changes) => shown && mapped(shown, changes, 'outside'),
});

/** Whether something is left to be waited for or decided: until then, nobody writes in between. */
export function isOpen(shown: ShownRewrite | null): shown is ShownRewrite {
  return shown !== null && (shown.growing || shown.changes.length > 0);
}

export const rewriteField = StateField.define<ShownRewrite | null>({
  create: () => null,
  update(shown, transaction) {
    for (const effect of transaction.effects) if (effect.is(showRewrite)) return effect.value;
    if (!shown || !transaction.docChanged) return shown;
    // An undo may reach into the text: what was found there doesn't hold any more.
    const inside = transaction.changes.touchesRange(shown.from, shown.to);
    return inside && touchesInside(shown, transaction) ? null : mapped(shown, transaction.changes, 'outside');
  },
});

/** The rewrite in the document, its protection and its part in undo. */
export function rewriteInDocument(): Extension {
  return [
    rewriteField,
    EditorState.changeFilter.of((transaction) => {
      const shown = transaction.startState.field(rewriteField);
      if (!isOpen(shown) || transaction.annotation(decision)) return true;
      return [shown.from, shown.to];
    }),
    invertedEffects.of((transaction) => {
      const returned = transaction.isUserEvent('undo') || transaction.isUserEvent('redo');
      const told = transaction.effects.some((effect) => effect.is(showRewrite));
      if (!told || !(transaction.annotation(decision) || returned)) return [];
      return [showRewrite.of(transaction.startState.field(rewriteField))];
    }),
  ];
}

/** Where `segments` stand in a document from `from` on, as changes that nobody has decided. */
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

/** `shown` after a change outside of it, or after one of its own that was accepted. */
export function mapped(shown: ShownRewrite, changes: ChangeDesc, by: 'outside' | 'own'): ShownRewrite {
  const [before, behind] = by === 'own' ? ([-1, 1] as const) : ([1, -1] as const);
  const from = changes.mapPos(shown.from, before);
  const place = (position: number, side: -1 | 1) => Math.max(from, changes.mapPos(position, side));
  return {
    ...shown,
    from,
    to: place(shown.to, behind),
    written: place(shown.written, behind),
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
