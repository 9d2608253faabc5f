import type { KeyboardGroup } from '../shell/keyboard.ts';
import { isCommand, plainShortcut, shortcut } from '../shell/shortcut.ts';
import type { DocumentsState } from './documents-state.svelte.ts';
import { isComposing } from '../shell/send-key.ts';

/** Keys of the document pane. */
export function documentKeyboard(): KeyboardGroup {
  return {
    name: 'document',
    rows: [
      { name: 'shortcut-document', keys: shortcut('D', 'shift') },
      { name: 'shortcut-actions', keys: shortcut('J') },
      { name: 'shortcut-custom-action', keys: shortcut('1…9', 'alt') },
      { name: 'shortcut-change', keys: plainShortcut('↓ / ↑', 'alt') },
      { name: 'shortcut-accept', keys: shortcut('Enter') },
      { name: 'shortcut-reject', keys: shortcut('Backspace') },
      { name: 'shortcut-accept-all', keys: shortcut('Enter', 'shift') },
      { name: 'shortcut-accept-suggestions', keys: shortcut('Enter', 'alt') },
      { name: 'shortcut-reject-all', keys: shortcut('Backspace', 'shift') },
      { name: 'shortcut-find', keys: shortcut('F') },
    ],
  };
}

/** Handles the keys that work wherever the focus is: show or hide the document, action menu, custom actions. */
export function handleDocumentKey(documents: DocumentsState, event: KeyboardEvent): void {
  if (isComposing(event) || event.defaultPrevented || document.querySelector('dialog[open]')) return;
  const key = event.key.toLowerCase();
  const command = event.ctrlKey || event.metaKey;
  if (command && event.shiftKey && !event.altKey && key === 'd') {
    if (documents.visible) documents.hide();
    else void documents.show();
  } else if (isCommand(event) && key === 'j' && documents.canRewrite) {
    documents.dialog = 'actions';
  } else if (command && event.altKey && documents.canRewrite && !event.getModifierState('AltGraph')) {
    // `code` and not `key`: together with Alt, a digit key may type another character.
    const action = documents.customActions.withShortcut(
      /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1] ?? '',
    );
    if (!action) return;
    void documents.rewriting.startCustom(action);
  } else {
    return;
  }
  event.preventDefault();
}
