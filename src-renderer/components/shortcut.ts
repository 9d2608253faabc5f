const apple = /mac|iphone|ipad/i.test(globalThis.navigator?.platform ?? '');

/** How the key `key` together with Ctrl, or with Command on a Mac, is written. */
export function shortcut(key: string): string {
  return apple ? `⌘ ${key}` : `Ctrl ${key}`;
}

/** Whether an event carries Ctrl, or Command, and no other modifier key. */
export function isCommand(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
}
