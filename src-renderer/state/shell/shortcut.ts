const apple = /mac|iphone|ipad/i.test(globalThis.navigator?.platform ?? '');

type Modifier = 'shift' | 'alt';
/** Symbols on macOS, in Apple's order: Option, Shift, Command. */
const appleSigns = [
  ['alt', '⌥'],
  ['shift', '⇧'],
] as const;
const appleKeys: Readonly<Record<string, string>> = { Enter: '↩', Backspace: '⌫' };
const names = [
  ['alt', 'Alt'],
  ['shift', 'Shift'],
] as const;

/** How the key `key` together with Ctrl, or with Command on a Mac, and with `more` is written. */
export function shortcut(key: string, ...more: readonly Modifier[]): string {
  return written(key, more, true, apple);
}

/** Likewise for a key without Ctrl or Command. */
export function plainShortcut(key: string, ...more: readonly Modifier[]): string {
  return written(key, more, false, apple);
}

/**
 * `⇧⌘P` on macOS, `Ctrl+Shift+P` elsewhere.
 * @param key as it is labelled, such as `P`, or `Enter` and `Backspace`, which have symbols on macOS
 */
export function written(key: string, more: readonly Modifier[], command: boolean, mac: boolean): string {
  const given = (signs: readonly (readonly [Modifier, string])[]) =>
    signs.filter(([modifier]) => more.includes(modifier)).map(([, sign]) => sign);
  if (mac) {
    const signs = [...given(appleSigns), ...(command ? ['⌘'] : [])].join('');
    const label = appleKeys[key] ?? key;
    // A word is set apart from the symbols.
    return signs !== '' && /^\p{L}{2}/u.test(label) ? `${signs} ${label}` : signs + label;
  }
  return [...(command ? ['Ctrl'] : []), ...given(names), key].join('+');
}

/** Whether an event carries Ctrl, or Command, and no other modifier key. */
export function isCommand(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
}
