import { type Extension, Prec } from '@codemirror/state';
import { type EditorView, keymap } from '@codemirror/view';
import { moveToChange, type Decision } from './rewrite-commands.ts';
import { isOpen, rewriteField } from './rewrite-field.ts';

/** What the keys of a rewrite do. */
export interface RewriteActs {
  /** Tells whether there was something to decide. */
  decide(what: Decision): boolean;
  stop(): void;
}

/** Keys that count while a rewrite is in the text, before everything else that they do. */
export function rewriteKeys(acts: RewriteActs): Extension {
  const move = (step: 1 | -1) => (view: EditorView) => moveToChange(step)(view);
  const decide = (what: Decision) => () => acts.decide(what);
  return Prec.highest(
    keymap.of([
      { key: 'Alt-ArrowDown', run: move(1) },
      { key: 'Alt-ArrowUp', run: move(-1) },
      { key: 'Mod-Enter', run: decide('accept'), shift: decide('accept-all') },
      { key: 'Mod-Backspace', run: decide('reject'), shift: decide('reject-all') },
      {
        key: 'Escape',
        run: ({ state }) => {
          const shown = state.field(rewriteField);
          if (!isOpen(shown) || !shown.growing) return false;
          acts.stop();
          return true;
        },
      },
    ]),
  );
}
