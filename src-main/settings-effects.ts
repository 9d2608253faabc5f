import process from 'node:process';
import type { BrowserWindow, Session } from 'electron';
import { Menu, app } from 'electron';
import { menuTemplate } from './application-menu.ts';
import type { MenuCommand } from './contract/menu-commands.ts';
import type { Settings } from './contract/settings.ts';
import { defaultSettings } from './contract/settings.ts';
import { nativeWords } from './native-words.ts';
import { keepSpellCheck } from './spell-check.ts';
import { applyTheme } from './window.ts';

export interface SettingsPlace {
  readonly session: () => Session;
  readonly window: () => BrowserWindow | undefined;
  /** Keeps for the next start whether spelling is checked. */
  readonly spellCheckFile: string;
  readonly run: (command: MenuCommand) => void;
}

/** What a person's settings change outside of the page: the theme of the frame, the menu, the zoom, spell check. */
export class SettingsEffects {
  readonly #place: SettingsPlace;
  #settings: Settings = defaultSettings;

  constructor(place: SettingsPlace) {
    this.#place = place;
  }

  apply(settings: Settings): void {
    this.#settings = settings;
    applyTheme(settings.theme);
    this.#setMenu();
    this.#zoom();
    keepSpellCheck(this.#place.spellCheckFile, settings);
    // Turned on, it waits for the next start, which lets the dictionary through; turned off, it ends now.
    if (!settings.spellCheck) this.#place.session().setSpellCheckerEnabled(false);
  }

  /** Brings a new window to the zoom that was set, again after each time that its page is loaded. */
  follow(window: BrowserWindow): void {
    window.webContents.on('did-finish-load', () => this.#zoom());
    window.webContents.on('zoom-changed', (_event, direction) => this.#place.run(`zoom-${direction}`));
  }

  #zoom(): void {
    const window = this.#place.window();
    if (window && !window.isDestroyed()) window.webContents.setZoomFactor(this.#settings.zoom / 100);
  }

  #setMenu(): void {
    const { language, theme } = this.#settings;
    const template = menuTemplate({
      words: nativeWords(language, app.getLocale()),
      theme,
      mac: process.platform === 'darwin',
      forDevelopers: !app.isPackaged,
      run: this.#place.run,
    });
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  }
}
