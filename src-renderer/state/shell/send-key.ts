import { isCommand } from './shortcut.ts';

/**
 * Whether a key press belongs to an input method, which uses Enter, Escape and arrow keys itself. Some input methods
 * mark it by the key code 229 alone.
 */
export function isComposing(event: KeyboardEvent): boolean {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- `key` and `code` are those of any other key then
  return event.isComposing || event.keyCode === 229;
}

/**
 * Whether a key press sends the text that it is pressed in: Ctrl+Enter or Command+Enter, and Enter alone if
 * `enterSends`. A held key sends nothing: it may have been pressed elsewhere, such as in a dialog.
 */
export function isSend(event: KeyboardEvent, enterSends: boolean): boolean {
  if (event.key !== 'Enter' || event.repeat || isComposing(event)) return false;
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
  return isCommand(event) || (enterSends && plain);
}
