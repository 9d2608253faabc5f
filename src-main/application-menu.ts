import type { MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from './contract/menu-commands.ts';
import { screenIds } from './contract/screens.ts';
import type { Settings } from './contract/settings.ts';
import { themes } from './contract/settings.ts';
import type { NativeWords } from './native-words.ts';

export interface MenuPlace {
  readonly words: NativeWords;
  readonly theme: Settings['theme'];
  /** Whether it is a Mac, where the program's own menu comes first. */
  readonly mac: boolean;
  /** Whether to reload and to look into the page is offered. */
  readonly forDevelopers: boolean;
  readonly run: (command: MenuCommand) => void;
}

type Item = MenuItemConstructorOptions;
const separator: Item = { type: 'separator' };

/**
 * The application menu. What the system knows is done by its roles, which bring their keys; the rest is asked of
 * the window. The page sees every key first: a key that it takes doesn't come here.
 */
export function menuTemplate({ words, theme, mac, forDevelopers, run }: MenuPlace): Item[] {
  const ask = (command: MenuCommand, label: string, accelerator?: string): Item => ({
    ...{ id: command, label, click: () => run(command) },
    ...(accelerator === undefined ? {} : { accelerator }),
  });
  const settings = ask('screen-settings', words.settings, 'CmdOrCtrl+,');
  const about: Item = { role: 'about', label: words.about };
  const quit: Item = { role: 'quit', label: words.quit };
  const themeNames = { system: words.themeSystem, light: words.themeLight, dark: words.themeDark };
  const own: Item = {
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
    ...(mac ? [own] : []),
    {
      label: words.file,
      submenu: [
        ask('new', words.newConversation, 'CmdOrCtrl+N'),
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
        ...screenIds.flatMap((id) => (id === 'settings' ? [] : ask(`screen-${id}`, words[`screen-${id}`]))),
        ask('palette', words.commands, 'CmdOrCtrl+Shift+P'),
        separator,
        {
          label: words.theme,
          submenu: themes.map((name) => ({
            ...ask(`theme-${name}`, themeNames[name]),
            ...{ type: 'radio' as const, checked: name === theme },
          })),
        },
        ask('zoom-in', words.zoomIn, 'CmdOrCtrl+Plus'),
        ask('zoom-out', words.zoomOut, 'CmdOrCtrl+-'),
        ask('zoom-reset', words.zoomReset, 'CmdOrCtrl+0'),
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
      submenu: [ask('shortcuts', words.shortcuts, 'CmdOrCtrl+/'), ...(mac ? [] : [about])],
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
