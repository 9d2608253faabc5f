/**
 * Remembers what has the keyboard; the returned function gives it back, caret and all. A dialog that closes gives
 * back the focus by itself, but Chromium 114 leaves a text field without its caret then: nothing could be typed.
 */
export function keepFocus(): () => void {
  const element = document.activeElement;
  if (!(element instanceof HTMLElement)) return () => undefined;
  const field = element instanceof HTMLTextAreaElement ? element : null;
  const before = field && ([field.value, field.selectionStart, field.selectionEnd] as const);
  return () => {
    // Told late, when somebody types already: then the caret is where it belongs.
    if (!element.isConnected || field?.value !== before?.[0]) return;
    element.blur();
    element.focus();
    if (field && before) field.setSelectionRange(before[1], before[2]);
  };
}
