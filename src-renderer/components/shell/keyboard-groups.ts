import type { MessageKey } from '../../messages/message.ts';
import { plainShortcut, shortcut } from './shortcut.ts';

export interface KeyboardRow {
  readonly name: MessageKey;
  readonly keys: string;
}
export interface KeyboardGroup {
  readonly name: MessageKey;
  readonly rows: readonly KeyboardRow[];
}

/** Every key there is, by where it works, as it is written on this system. */
export function keyboardGroups(enterSends: boolean): readonly KeyboardGroup[] {
  return [
    {
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
    },
    {
      name: 'view-write',
      rows: [
        { name: 'shortcut-send', keys: enterSends ? plainShortcut('Enter') : shortcut('Enter') },
        { name: 'shortcut-new-line', keys: enterSends ? plainShortcut('Enter', 'shift') : 'Enter' },
        { name: 'shortcut-history', keys: '↑ ↓' },
        { name: 'shortcut-stop', keys: 'Esc' },
        { name: 'shortcut-outline', keys: shortcut('O', 'shift') },
        { name: 'shortcut-step-message', keys: plainShortcut('↑ ↓', 'alt') },
        { name: 'shortcut-step-version', keys: plainShortcut('← →', 'alt') },
        { name: 'shortcut-edit-message', keys: 'F2' },
        { name: 'shortcut-lens', keys: shortcut('L') },
        { name: 'shortcut-lens-alternatives', keys: 'Enter' },
        { name: 'shortcut-rename', keys: 'F2' },
      ],
    },
    {
      name: 'document',
      rows: [
        { name: 'shortcut-document', keys: shortcut('D', 'shift') },
        { name: 'shortcut-actions', keys: shortcut('J') },
        { name: 'shortcut-custom-action', keys: shortcut('1 … 9', 'alt') },
        { name: 'shortcut-change', keys: plainShortcut('↓ ↑', 'alt') },
        { name: 'shortcut-accept', keys: shortcut('Enter') },
        { name: 'shortcut-reject', keys: shortcut('⌫') },
        { name: 'shortcut-accept-all', keys: shortcut('Enter', 'shift') },
        { name: 'shortcut-reject-all', keys: shortcut('⌫', 'shift') },
        { name: 'shortcut-find', keys: shortcut('F') },
      ],
    },
    {
      name: 'view-compare',
      rows: [
        { name: 'shortcut-new-comparison', keys: shortcut('N') },
        { name: 'shortcut-start-comparison', keys: shortcut('Enter') },
        { name: 'shortcut-vote', keys: '1 2 0 S' },
      ],
    },
  ];
}
