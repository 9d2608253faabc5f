import Columns from '@lucide/svelte/icons/columns-3';
import PenLine from '@lucide/svelte/icons/pen-line';
import Settings from '@lucide/svelte/icons/settings';
import { screenIds, type ScreenId } from '../src-main/contract/screens.ts';
import type { AppState } from './app-state.ts';
import CompareAnnouncer from './components/compare/CompareAnnouncer.svelte';
import CompareScreen from './components/compare/CompareScreen.svelte';
import SettingsScreen from './components/settings/SettingsScreen.svelte';
import WriteAnnouncer from './components/write/WriteAnnouncer.svelte';
import { compareCommands } from './state/compare/commands.ts';
import { compareKeyboard } from './state/compare/keyboard.ts';
import { documentCommands } from './state/documents/commands.ts';
import { documentKeyboard } from './state/documents/keyboard.ts';
import type { Screen, ScreenWork } from './state/shell/screen.ts';
import { writeCommands } from './state/write/commands.ts';
import { writeKeyboard } from './state/write/keyboard.ts';
import WriteWithDocument from './WriteWithDocument.svelte';

/**
 * The registry of screens, in the order of the rail. The rail, the window's title and keys, the command palette, the
 * keyboard reference and the announcers derive from it; the application menu from `contract/screens.ts`.
 */
export function screensOf({ shell, write, documents, compare }: AppState): readonly Screen[] {
  const conversation: ScreenWork = {
    title: () => write.conversation.title,
    startNew: () => write.startNew(),
    stop: () => void write.stop(),
  };
  const screens: Readonly<Record<ScreenId, Omit<Screen, 'id'>>> = {
    write: {
      icon: PenLine,
      component: WriteWithDocument,
      announcer: WriteAnnouncer,
      work: conversation,
      commands: () => [...writeCommands(write, shell), ...documentCommands(documents, shell)],
      keyboard: () => [writeKeyboard(shell.preferences.value.enterSends), documentKeyboard()],
    },
    compare: {
      icon: Columns,
      component: CompareScreen,
      announcer: CompareAnnouncer,
      work: {
        title: () => compare.title,
        startNew: () => compare.startNew(),
        stop: null,
        back: () => void compare.back(),
      },
      commands: () => compareCommands(compare, shell),
      keyboard: () => [compareKeyboard()],
    },
    settings: {
      icon: Settings,
      component: SettingsScreen,
      announcer: null,
      work: conversation,
      commands: () => [],
      keyboard: () => [],
    },
  };
  return screenIds.map((id) => ({ id, ...screens[id] }));
}
