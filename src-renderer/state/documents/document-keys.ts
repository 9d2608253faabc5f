import type { Documents } from './documents.svelte.ts';
import { isCommand } from '../../components/shell/shortcut.ts';

/** Keys that count wherever the keyboard is: to the document and back, the menu of actions, own actions. */
export function documentKeys(documents: Documents, event: KeyboardEvent): void {
  if (event.isComposing || event.defaultPrevented || document.querySelector('dialog[open]')) return;
  const key = event.key.toLowerCase();
  const command = event.ctrlKey || event.metaKey;
  if (command && event.shiftKey && !event.altKey && key === 'd') {
    if (documents.inSight) documents.hide();
    else void documents.show();
  } else if (isCommand(event) && key === 'j' && documents.canRewrite) {
    documents.dialog = 'actions';
  } else if (command && event.altKey && documents.canRewrite && !event.getModifierState('AltGraph')) {
    // The place of the key counts: together with Alt, it may write something else.
    const action = documents.own.withShortcut(/^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1] ?? '');
    if (!action) return;
    void documents.rewriting.startOwn(action);
  } else {
    return;
  }
  event.preventDefault();
}
