/** Entry point of the app: one instance with one window, and their Electron set-up. */
import path from 'node:path';
import process from 'node:process';
import type { BrowserWindow } from 'electron';
import { app, ipcMain, session } from 'electron';
import type { Push } from './contract/api.ts';
import { pushChannel } from './contract/api.ts';
import { useDataFolder } from './data-folder.ts';
import { fileDialogs } from './file-dialogs.ts';
import { giveUp } from './give-up.ts';
import { handleRequests } from './ipc/handle.ts';
import { isTrustedSender } from './ipc/trusted-sender.ts';
import { chooseInstalledModel, modelRoots } from './library/installed-models.ts';
import { lockDownApp, lockDownSession } from './lock-down.ts';
import { Program } from './program.ts';
import { appOrigin, registerScheme, serveScheme } from './scheme.ts';
import { SettingsEffects } from './settings-effects.ts';
import { spellCheckLanguageIn } from './spell-check.ts';
import { openWindow } from './window.ts';

const data = useDataFolder(app, process.env['FOREDRAFT_DATA']);
const models = modelRoots(process.env, app.isPackaged ? process.resourcesPath : undefined, app.getAppPath());
let window: BrowserWindow | undefined;
const push: Push = (name, payload) => {
  if (window && !window.isDestroyed()) window.webContents.send(pushChannel, name, payload);
};

const spellCheckFile = path.join(data, 'spell-check.json');
const spellCheckLanguage = spellCheckLanguageIn(spellCheckFile);
// macOS has its own dictionaries.
lockDownApp(app, spellCheckLanguage !== undefined && process.platform !== 'darwin');
registerScheme();
// A second instance on the same data folder focuses the first one's window and quits.
if (app.requestSingleInstanceLock()) void app.whenReady().then(start).catch(giveUp);
else app.quit();

function start(): void {
  const effects = new SettingsEffects({
    session: () => session.defaultSession,
    window: () => window,
    spellCheckFile,
    run: (command) => push('menu-command', command),
  });
  const program = new Program({
    data,
    bundles: __dirname,
    nativeBinding: process.env['FOREDRAFT_SQLITE_BINDING'],
    chooseModel: async () => ({ ...(await chooseInstalledModel(models)), provider: 'cpu' }),
    push,
    dialogs: fileDialogs(() => window),
    applySettings: (settings) => effects.apply(settings),
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
}
