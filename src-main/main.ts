/** The composition root: makes every part and hands it to those that need it. */
import path from 'node:path';
import process from 'node:process';
import type { BrowserWindow } from 'electron';
import { app, clipboard, ipcMain, session } from 'electron';
import { Answers } from './answers/answers.ts';
import { setApplicationMenu } from './application-menu.ts';
import { useDataFolder } from './data-folder.ts';
import type { Push } from './contract/api.ts';
import { giveUp } from './give-up.ts';
import { openHistory } from './history/history.ts';
import { HostClient } from './host/client.ts';
import { EngineTurn } from './host/engine-turn.ts';
import { StartMarker } from './host/start-marker.ts';
import { spawnUtilityProcess } from './host/utility-process.ts';
import { handleRequests } from './ipc/handle.ts';
import { routesOf } from './ipc/routes.ts';
import { isTrustedSender } from './ipc/trusted-sender.ts';
import { chooseInstalledModel, modelRoots } from './library/installed-models.ts';
import { lockDownApp, lockDownSession } from './lock-down.ts';
import { appOrigin, registerScheme, serveScheme } from './scheme.ts';
import { applyTheme, openWindow } from './window.ts';

const data = useDataFolder(app, process.env['FOREDRAFT_DATA']);
const models = modelRoots(process.env, app.isPackaged ? process.resourcesPath : undefined, app.getAppPath());
let window: BrowserWindow | undefined;
const push: Push = (name, payload) => {
  if (window && !window.isDestroyed()) window.webContents.send(name, payload);
};

lockDownApp(app);
registerScheme();
// Another instance on the same data shows its window instead.
if (app.requestSingleInstanceLock()) void app.whenReady().then(start).catch(giveUp);
else app.quit();

function start(): void {
  const history = openHistory(path.join(data, 'history.sqlite'), {
    nativeBinding: process.env['FOREDRAFT_SQLITE_BINDING'],
    onConversationsChanged: (conversations) => push('conversations-changed', conversations),
  });
  const engine = new HostClient({
    spawn: () => spawnUtilityProcess(path.join(__dirname, 'host.cjs')),
    chooseModel: async () => ({ ...(await chooseInstalledModel(models)), provider: 'cpu' }),
    marker: new StartMarker(path.join(data, 'engine-start')),
    onStatus: (status) => push('engine-status', status),
  });
  const answers = new Answers(history, engine, new EngineTurn(), push);
  const copyText = (text: string) => clipboard.writeText(text);
  const routes = routesOf({
    history,
    answers,
    engine,
    applySettings: ({ theme }) => applyTheme(theme),
    copyText,
  });
  handleRequests(ipcMain, routes, (event) => isTrustedSender(event, window?.webContents, appOrigin));

  app.on('will-quit', () => {
    engine.close();
    try {
      answers.close();
      history.close();
    } catch (error) {
      giveUp(error);
    }
  });
  app.on('window-all-closed', () => app.quit());
  app.on('second-instance', () => {
    // While the program quits there is no window any more.
    if (!window || window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  lockDownSession(session.defaultSession);
  serveScheme(path.join(__dirname, '../renderer'));
  setApplicationMenu();
  applyTheme(history.readSettings().theme);
  engine.start();
  window = openWindow(__dirname);
}
