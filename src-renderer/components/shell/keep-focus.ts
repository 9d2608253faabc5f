/**
 * Remembers the focused element; the returned function restores focus and caret. A dialog that closes gives
 * back the focus by itself, but Chromium 114 leaves a text field without its caret then: nothing could be typed.
 */
export function keepFocus(): () => void {
  const element = document.activeElement;
  if (!(element instanceof HTMLElement)) return () => undefined;
  const field = element instanceof HTMLTextAreaElement ? element : null;
  const before = field && ([field.value, field.selectionStart, field.selectionEnd] as const);
  return () => {
    // Called late, after typing has started: the caret is right then.
    if (!element.isConnected || field?.value !== before?.[0]) return;
    element.blur();
    element.focus();
    if (field && before) field.setSelectionRange(before[1], before[2]);
  };
}
