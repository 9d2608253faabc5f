const apple = /mac|iphone|ipad/i.test(globalThis.navigator?.platform ?? '');

type Modifier = 'shift' | 'alt';
const appleSigns = { shift: '⇧', alt: '⌥' } as const;
const names = { shift: 'Shift', alt: 'Alt' } as const;

/** How the key `key` together with Ctrl, or with Command on a Mac, and with `more` is written. */
export function shortcut(key: string, ...more: readonly Modifier[]): string {
  return written(key, more, true, apple);
}

/** Likewise for a key without Ctrl or Command. */
export function plainShortcut(key: string, ...more: readonly Modifier[]): string {
  return written(key, more, false, apple);
}

/** @param mac whether keys are shown as symbols, in the order of macOS */
export function written(key: string, more: readonly Modifier[], command: boolean, mac: boolean): string {
  if (mac) return [...more.map((modifier) => appleSigns[modifier]), ...(command ? ['⌘'] : []), key].join(' ');
  return [...(command ? ['Ctrl'] : []), ...more.map((modifier) => names[modifier]), key].join(' ');
}

/** Whether an event carries Ctrl, or Command, and no other modifier key. */
export function isCommand(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
}
