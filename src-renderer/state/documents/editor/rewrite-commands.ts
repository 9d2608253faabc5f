import { isolateHistory } from '@codemirror/commands';
import { EditorSelection, type StateCommand, type TransactionSpec } from '@codemirror/state';
import { decision, isOpen, mapped, rewriteField, showRewrite, type ShownRewrite } from './rewrite-field.ts';

/** What is done with changes: the one that is looked at, or all that are left. */
export type Decision = 'accept' | 'reject' | 'accept-all' | 'reject-all';

/** Decides about changes of the rewrite in the document, once it is written. */
export function decide(what: Decision): StateCommand {
  return ({ state, dispatch }) => {
    const shown = state.field(rewriteField);
    if (!isOpen(shown) || shown.growing) return false;
    const all = what.endsWith('-all');
    const accept = what.startsWith('accept');
    const chosen = all ? shown.changes : shown.changes.slice(shown.current, shown.current + 1);
    const changes = accept ? chosen.map(({ from, to, insert }) => ({ from, to, insert })) : [];
    const moved = mapped(shown, state.changes(changes), 'own');
    const left = all ? [] : moved.changes.filter((_, index) => index !== shown.current);
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
        annotations: [decision.of(true), isolateHistory.of('full')],
        userEvent: `rewrite.${what}`,
        ...lookAt(next),
      }),
    );
    return true;
  };
}

/** Looks at the next change, or the one before; around at the ends. */
export function moveToChange(step: 1 | -1): StateCommand {
  return ({ state, dispatch }) => {
    const shown = state.field(rewriteField);
    if (!isOpen(shown) || shown.changes.length === 0) return false;
    const { length } = shown.changes;
    const next = { ...shown, current: (shown.current + step + length) % length };
    dispatch(state.update({ effects: showRewrite.of(next), ...lookAt(next) }));
    return true;
  };
}

/** Puts the cursor to the change that is looked at, and into sight. */
function lookAt({ changes, current, to }: ShownRewrite): TransactionSpec {
  const place = changes[current]?.from ?? to;
  return { selection: EditorSelection.cursor(place), scrollIntoView: true };
}
