import process from 'node:process';
import type { BrowserWindow, Session } from 'electron';
import { Menu, app } from 'electron';
import { menuTemplate } from './application-menu.ts';
import type { MenuCommand } from './contract/menu-commands.ts';
import type { Settings } from './contract/settings.ts';
import { defaultSettings } from './contract/settings.ts';
import type { NativeWords } from './native-words.ts';
import { nativeWords } from './native-words.ts';
import { storeSpellCheck } from './spell-check.ts';
import { applyTheme } from './window.ts';

export interface SettingsTargets {
  readonly session: () => Session;
  readonly window: () => BrowserWindow | undefined;
  /** Stores the spell-check language for the next start. */
  readonly spellCheckFile: string;
  readonly run: (command: MenuCommand) => void;
}

/** Applies the settings that take effect outside the page: window theme, menu, zoom and spell check. */
export class SettingsEffects {
  readonly #targets: SettingsTargets;
  #settings: Settings = defaultSettings;

  constructor(targets: SettingsTargets) {
    this.#targets = targets;
  }

  /** The words of the app's menus and dialogs, in the chosen language. */
  get words(): NativeWords {
    return nativeWords(this.#settings.language, app.getLocale());
  }

  apply(settings: Settings): void {
    this.#settings = settings;
    applyTheme(settings.theme);
    this.#setMenu();
    this.#zoom();
    storeSpellCheck(this.#targets.spellCheckFile, settings);
    // Turning it on takes effect at the next start, which lets the dictionary's host through.
    if (!settings.spellCheck) this.#targets.session().setSpellCheckerEnabled(false);
  }

  /** Zooms a new window to the setting, again at every load of its page. */
  follow(window: BrowserWindow): void {
    window.webContents.on('did-finish-load', () => this.#zoom());
    window.webContents.on('zoom-changed', (_event, direction) => this.#targets.run(`zoom-${direction}`));
  }

  #zoom(): void {
    const window = this.#targets.window();
    if (window && !window.isDestroyed()) window.webContents.setZoomFactor(this.#settings.zoom / 100);
  }

  #setMenu(): void {
    const template = menuTemplate({
      words: this.words,
      theme: this.#settings.theme,
      mac: process.platform === 'darwin',
      forDevelopers: !app.isPackaged,
      run: this.#targets.run,
    });
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  }
}
