/** Entry point of the app: one instance with one window, and their Electron set-up. */
import path from 'node:path';
import process from 'node:process';
import type { BrowserWindow } from 'electron';
import { app, ipcMain, powerMonitor, session } from 'electron';
import type { Push } from './contract/api.ts';
import { pushChannel } from './contract/api.ts';
import { useDataFolder } from './data-folder.ts';
import { environmentOf } from './environment.ts';
import { fileDialogs } from './file-dialogs.ts';
import { giveUp } from './give-up.ts';
import { handleRequests } from './ipc/handle.ts';
import { isTrustedSender } from './ipc/trusted-sender.ts';
import { chooseInstalledModel, modelRoots } from './library/installed-models.ts';
import { lockDownApp, lockDownSession } from './lock-down.ts';
import { Program } from './program.ts';
import { QuitGuard } from './quit-guard.ts';
import { appOrigin, registerScheme, serveScheme } from './scheme.ts';
import { SettingsEffects } from './settings-effects.ts';
import { spellCheckLanguageIn } from './spell-check.ts';
import { askAboutUnsaved, saveElsewhere } from './unsaved-dialog.ts';
import { openWindow } from './window.ts';

const environment = environmentOf(process.env, app.isPackaged);
const models = modelRoots(
  environment.modelFolder,
  app.isPackaged ? process.resourcesPath : undefined,
  app.getAppPath(),
);
let window: BrowserWindow | undefined;
const push: Push = (name, payload) => {
  if (window && !window.isDestroyed()) window.webContents.send(pushChannel, name, payload);
};

try {
  prepare(useDataFolder(app, environment.dataFolder));
} catch (error) {
  // Dialogs need an app that is ready.
  void app.whenReady().then(() => giveUp(error));
}

/** What has to happen before the app is ready. */
function prepare(data: string): void {
  const spellCheckFile = path.join(data, 'spell-check.json');
  const spellCheckLanguage = spellCheckLanguageIn(spellCheckFile);
  // macOS has its own dictionaries.
  lockDownApp(app, spellCheckLanguage !== undefined && process.platform !== 'darwin');
  registerScheme();
  // A second instance on the same data folder focuses the first one's window and quits.
  if (!app.requestSingleInstanceLock()) app.quit();
  else
    void app
      .whenReady()
      .then(() => start(data, spellCheckFile, spellCheckLanguage))
      .catch(giveUp);
}

function start(data: string, spellCheckFile: string, spellCheckLanguage: string | undefined): void {
  const effects = new SettingsEffects({
    session: () => session.defaultSession,
    window: () => window,
    spellCheckFile,
    run: (command) => push('menu-command', command),
  });
  const dialogs = fileDialogs(() => window);
  const program: Program = new Program({
    data,
    bundles: __dirname,
    licences: path.join(app.isPackaged ? process.resourcesPath : path.dirname(__dirname), 'licences'),
    nativeBinding: environment.sqliteBinding,
    chooseModel: async () => ({
      ...(await chooseInstalledModel(models)),
      provider: 'cpu',
      record: path.join(data, 'verified-models.json'),
    }),
    push,
    dialogs,
    applySettings: (settings) => effects.apply(settings),
    pageSaved: (saved) => guard.pageSaved(saved),
  });
  const guard = new QuitGuard({
    pageAnswers: () => {
      if (!window || window.isDestroyed()) return false;
      const page = window.webContents;
      return !page.isCrashed() && !page.isLoadingMainFrame();
    },
    savePage: (attempt) => push('save-all', { attempt }),
    save: () => program.save(),
    interrupt: () => program.interrupt(),
    unsaved: () => program.unsaved(effects.words.unsavedAnswer),
    ask: (unsaved) => askAboutUnsaved(window, effects.words, unsaved),
    saveElsewhere: (texts) => saveElsewhere(dialogs, effects.words, texts),
    quit: () => app.quit(),
  });
  handleRequests(ipcMain, program.handlers, (event) =>
    isTrustedSender(event, window?.webContents, appOrigin),
  );

  app.on('will-quit', () => {
    try {
      program.close();
    } catch (error) {
      giveUp(error);
    }
  });
  app.on('window-all-closed', () => app.quit());
  app.on('second-instance', () => {
    // The window is gone while the app quits.
    if (!window || window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  lockDownSession(session.defaultSession, spellCheckLanguage);
  serveScheme(path.join(__dirname, '../renderer'));
  program.start();
  window = openWindow(__dirname, path.join(data, 'window.json'), spellCheckLanguage !== undefined);
  effects.follow(window);
  guardEndOf(window, guard, () => program.saves);
}

/** Lets neither the window, the program nor the session end with unsaved text. */
function guardEndOf(guarded: BrowserWindow, guard: QuitGuard, saves: () => boolean): void {
  guarded.on('close', (event) => guard.onClose(event));
  // Windows: a session end that waits for the program shows this to the user, and continues once it has quit.
  guarded.on('query-session-end', (event) => {
    if (!saves()) event.preventDefault();
    void guard.leave();
  });
  // macOS and Linux.
  powerMonitor.on('shutdown', (event?: Electron.Event) => {
    event?.preventDefault();
    void guard.leave();
  });
}
