import { isolateHistory } from '@codemirror/commands';
import {
  EditorSelection,
  type Extension,
  Prec,
  type StateCommand,
  type TransactionSpec,
} from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import {
  decided,
  isOpen,
  mapped,
  type OpenChange,
  rewriteField,
  showRewrite,
  type ShownRewrite,
} from './rewrite-field.ts';

/** Accepts or rejects the current change, or all that are left; suggestions are accepted apart from the others. */
export type Decision = 'accept' | 'reject' | 'accept-all' | 'accept-suggestions' | 'reject-all';

/** The changes that a decision is about. */
export function changesOf(decision: Decision, { changes, current }: ShownRewrite): readonly OpenChange[] {
  if (decision === 'reject-all') return changes;
  if (decision === 'accept-all') return changes.filter(({ doubt }) => doubt === undefined);
  if (decision === 'accept-suggestions') return changes.filter(({ doubt }) => doubt !== undefined);
  return changes.slice(current, current + 1);
}

/** Applies a decision to the rewrite in the text, once its text is complete. */
export function decide(decision: Decision): StateCommand {
  return ({ state, dispatch }) => {
    const shown = state.field(rewriteField);
    if (!isOpen(shown) || shown.growing) return false;
    const accept = decision.startsWith('accept');
    const chosen = changesOf(decision, shown);
    if (chosen.length === 0) return false;
    const changes = accept ? chosen.map(({ from, to, insert }) => ({ from, to, insert })) : [];
    const moved = mapped(shown, state.changes(changes), 'rewrite');
    const left = moved.changes.filter((_, index) => !chosen.includes(shown.changes[index]!));
    const next: ShownRewrite = {
      ...moved,
      changes: left,
      current: Math.min(shown.current, Math.max(0, left.length - 1)),
      accepted: shown.accepted + (accept ? chosen.length : 0),
      rejected: shown.rejected + (accept ? 0 : chosen.length),
    };
    dispatch(
      state.update({
        changes,
        effects: showRewrite.of(next),
        annotations: [decided.of(true), isolateHistory.of('full')],
        userEvent: `rewrite.${decision}`,
        ...revealCurrent(next),
      }),
    );
    return true;
  };
}

/** Makes the next or previous change the current one, cyclically. */
export function moveToChange(step: 1 | -1): StateCommand {
  return ({ state, dispatch }) => {
    const shown = state.field(rewriteField);
    if (!isOpen(shown) || shown.changes.length === 0) return false;
    const { length } = shown.changes;
    const next = { ...shown, current: (shown.current + step + length) % length };
    dispatch(state.update({ effects: showRewrite.of(next), ...revealCurrent(next) }));
    return true;
  };
}

/** Moves the cursor to the current change and scrolls it into view. */
function revealCurrent({ changes, current, to }: ShownRewrite): TransactionSpec {
  const place = changes[current]?.from ?? to;
  return { selection: EditorSelection.cursor(place), scrollIntoView: true };
}

/** What the keys call. */
export interface RewriteHandlers {
  /** Returns whether there was anything to decide. */
  decide(decision: Decision): boolean;
  stop(): void;
  /** Closes the rewrite if an undo would take back what was before it; returns whether it did. */
  undo(): boolean;
}

/** Keys of a rewrite in the text; they take precedence over all others. */
export function rewriteKeys(handlers: RewriteHandlers): Extension {
  const move = (step: 1 | -1) => (view: EditorView) => moveToChange(step)(view);
  const decide = (decision: Decision) => () => handlers.decide(decision);
  const menu = EditorView.domEventHandlers({
    beforeinput: ({ inputType }) => inputType === 'historyUndo' && handlers.undo(),
  });
  return Prec.highest([
    menu,
    keymap.of([
      { key: 'Mod-z', run: () => handlers.undo() },
      { key: 'Alt-ArrowDown', run: move(1) },
      { key: 'Alt-ArrowUp', run: move(-1) },
      { key: 'Mod-Enter', run: decide('accept'), shift: decide('accept-all') },
      { key: 'Mod-Alt-Enter', run: decide('accept-suggestions') },
      { key: 'Mod-Backspace', run: decide('reject'), shift: decide('reject-all') },
      {
        key: 'Escape',
        run: ({ state }) => {
          const shown = state.field(rewriteField);
          if (!isOpen(shown) || !shown.growing) return false;
          handlers.stop();
          return true;
        },
      },
    ]),
  ]);
}
