import type { MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from './contract/menu-commands.ts';
import { screenIds } from './contract/screens.ts';
import type { Settings } from './contract/settings.ts';
import { themes } from './contract/settings.ts';
import type { NativeWords } from './native-words.ts';

export interface MenuOptions {
  readonly words: NativeWords;
  readonly theme: Settings['theme'];
  /** On macOS the application menu comes first. */
  readonly mac: boolean;
  /** Whether Reload and Developer Tools are included. */
  readonly forDevelopers: boolean;
  readonly run: (command: MenuCommand) => void;
}

type Item = MenuItemConstructorOptions;
const separator: Item = { type: 'separator' };

/**
 * The application menu. Standard items use Electron's roles and their shortcuts; all others run a command in the
 * window. The page sees each key first, and the menu only the keys that it doesn't handle.
 */
export function menuTemplate({ words, theme, mac, forDevelopers, run }: MenuOptions): Item[] {
  const item = (command: MenuCommand, label: string, accelerator?: string): Item => ({
    ...{ id: command, label, click: () => run(command) },
    ...(accelerator === undefined ? {} : { accelerator }),
  });
  const settings = item('screen-settings', words.settings, 'CmdOrCtrl+,');
  const about: Item = { role: 'about', label: words.about };
  const quit: Item = { role: 'quit', label: words.quit };
  const themeNames = { system: words.themeSystem, light: words.themeLight, dark: words.themeDark };
  const applicationMenu: Item = {
    label: 'Foredraft',
    submenu: [
      ...[about, separator, settings, separator],
      { role: 'hide', label: words.hide },
      { role: 'hideOthers', label: words.hideOthers },
      { role: 'unhide', label: words.showAll },
      ...[separator, quit],
    ],
  };
  return [
    ...(mac ? [applicationMenu] : []),
    {
      label: words.file,
      submenu: [
        item('new', words.newConversation, 'CmdOrCtrl+N'),
        ...(mac ? [separator, { role: 'close', label: words.close } as const] : [settings, separator, quit]),
      ],
    },
    {
      label: words.edit,
      submenu: [
        { role: 'undo', label: words.undo },
        { role: 'redo', label: words.redo },
        separator,
        { role: 'cut', label: words.cut },
        { role: 'copy', label: words.copy },
        { role: 'paste', label: words.paste },
        { role: 'pasteAndMatchStyle', label: words.pastePlain },
        { role: 'selectAll', label: words.selectAll },
      ],
    },
    {
      label: words.view,
      submenu: [
        ...screenIds.flatMap((id) => (id === 'settings' ? [] : item(`screen-${id}`, words[`screen-${id}`]))),
        item('palette', words.commands, 'CmdOrCtrl+Shift+P'),
        separator,
        {
          label: words.theme,
          submenu: themes.map((name) => ({
            ...item(`theme-${name}`, themeNames[name]),
            ...{ type: 'radio' as const, checked: name === theme },
          })),
        },
        item('zoom-in', words.zoomIn, 'CmdOrCtrl+Plus'),
        item('zoom-out', words.zoomOut, 'CmdOrCtrl+-'),
        item('zoom-reset', words.zoomReset, 'CmdOrCtrl+0'),
        separator,
        { role: 'togglefullscreen', label: words.fullScreen },
        ...(forDevelopers ? developerItems(words) : []),
      ],
    },
    {
      role: 'window',
      label: words.window,
      submenu: [
        { role: 'minimize', label: words.minimize },
        { role: 'close', label: words.close },
      ],
    },
    {
      role: 'help',
      label: words.help,
      submenu: [item('shortcuts', words.shortcuts, 'CmdOrCtrl+/'), ...(mac ? [] : [about])],
    },
  ];
}

function developerItems(words: NativeWords): Item[] {
  return [
    separator,
    { role: 'reload', label: words.reload },
    { role: 'toggleDevTools', label: words.developerTools },
  ];
}
