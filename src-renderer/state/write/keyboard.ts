import type { KeyboardGroup } from '../shell/keyboard.ts';
import { plainShortcut, shortcut } from '../shell/shortcut.ts';

/** Keys of the Write screen. @param enterSends as in Settings */
export function writeKeyboard(enterSends: boolean): KeyboardGroup {
  return {
    name: 'screen-write',
    rows: [
      { name: 'shortcut-send', keys: enterSends ? plainShortcut('Enter') : shortcut('Enter') },
      {
        name: 'shortcut-new-line',
        keys: enterSends ? plainShortcut('Enter', 'shift') : plainShortcut('Enter'),
      },
      { name: 'shortcut-history', keys: '↑ / ↓' },
      { name: 'shortcut-stop', keys: 'Esc' },
      { name: 'shortcut-outline', keys: shortcut('O', 'shift') },
      { name: 'shortcut-step-message', keys: plainShortcut('↑ / ↓', 'alt') },
      { name: 'shortcut-step-version', keys: plainShortcut('← / →', 'alt') },
      { name: 'shortcut-edit-message', keys: 'F2' },
      { name: 'compare-prompt', keys: shortcut('M', 'shift') },
      { name: 'shortcut-lens', keys: shortcut('L') },
      { name: 'shortcut-lens-alternatives', keys: plainShortcut('Enter') },
      { name: 'shortcut-rename', keys: 'F2' },
    ],
  };
}
