/**
 * Remembers what has the keyboard; the returned function gives it back, caret and all. A dialog that closes gives
 * back the focus by itself, but Chromium 114 leaves a text field without its caret then: nothing could be typed.
 */
export function keepFocus(): () => void {
  const element = document.activeElement;
  if (!(element instanceof HTMLElement)) return () => undefined;
  const caret =
    element instanceof HTMLTextAreaElement ? ([element.selectionStart, element.selectionEnd] as const) : null;
  return () => {
    if (!element.isConnected) return;
    element.blur();
    element.focus();
    if (caret !== null) (element as HTMLTextAreaElement).setSelectionRange(...caret);
  };
}
