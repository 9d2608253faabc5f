import type { PlainMessageKey } from '../../../src-main/messages/message.ts';
import { shortcut } from './shortcut.ts';

export interface KeyboardRow {
  readonly name: PlainMessageKey;
  /** As written on this system. */
  readonly keys: string;
}
/** A section of the keyboard reference. */
export interface KeyboardGroup {
  readonly name: PlainMessageKey;
  readonly rows: readonly KeyboardRow[];
}

/** Keys that work on every screen. */
export function shellKeyboard(): KeyboardGroup {
  return {
    name: 'keys-everywhere',
    rows: [
      { name: 'shortcut-palette', keys: shortcut('P', 'shift') },
      { name: 'shortcut-sheet', keys: shortcut('/') },
      { name: 'shortcut-new', keys: shortcut('N') },
      { name: 'shortcut-settings', keys: shortcut(',') },
      { name: 'zoom-in', keys: shortcut('+') },
      { name: 'zoom-out', keys: shortcut('−') },
      { name: 'zoom-reset', keys: shortcut('0') },
    ],
  };
}
