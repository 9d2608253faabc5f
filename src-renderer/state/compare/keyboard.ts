import type { KeyboardGroup } from '../shell/keyboard.ts';
import { shortcut } from '../shell/shortcut.ts';

/** Keys of the Compare screen. */
export function compareKeyboard(): KeyboardGroup {
  return {
    name: 'screen-compare',
    rows: [
      { name: 'shortcut-new-comparison', keys: shortcut('N') },
      { name: 'shortcut-start-comparison', keys: shortcut('Enter') },
      { name: 'back-to-conversation', keys: 'Esc' },
      { name: 'shortcut-vote', keys: '1 / 2 / 0 / S' },
    ],
  };
}
