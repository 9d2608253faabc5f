import path from 'node:path';
import { BrowserWindow, nativeTheme, screen } from 'electron';
import type { Settings } from './contract/settings.ts';
import { appOrigin } from './scheme.ts';
import { readWindowState, writeWindowState } from './window-state.ts';

/** --paper of the two themes, shown before the first paint. */
const paper = { light: '#fbfaf7', dark: '#15171b' } as const;

const currentPaper = () => (nativeTheme.shouldUseDarkColors ? paper.dark : paper.light);

/** Applies the theme setting to window frames, menus and media queries. */
export function applyTheme(theme: Settings['theme']): void {
  nativeTheme.themeSource = theme;
  for (const window of BrowserWindow.getAllWindows()) window.setBackgroundColor(currentPaper());
}

/**
 * Opens the app's only window at its last position and size, and shows it once the page has rendered.
 * @param stateFile stores position and size
 * @param spellcheck whether the page may check spelling
 */
export function openWindow(bundles: string, stateFile: string, spellcheck: boolean): BrowserWindow {
  const state = readWindowState(
    stateFile,
    screen.getAllDisplays().map(({ workArea }) => workArea),
  );
  const window = new BrowserWindow({
    width: 1180,
    height: 800,
    ...state?.bounds,
    minWidth: 480,
    minHeight: 400,
    show: false,
    title: 'Foredraft',
    autoHideMenuBar: true,
    backgroundColor: currentPaper(),
    webPreferences: {
      preload: path.join(bundles, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck,
      // A window in the background must still receive the end of an answer.
      backgroundThrottling: false,
    },
  });
  if (state?.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => {
    writeWindowState(stateFile, { bounds: window.getNormalBounds(), maximized: window.isMaximized() });
  });
  reloadAfterCrash(window);
  void window.loadURL(`${appOrigin}/index.html`);
  return window;
}

/** A page that crashes again within this time is not reloaded, to avoid a crash loop. */
const crashLoopMs = 10_000;

/** Reloads the page when its process crashes. Nothing is lost: all text is in main. */
export function reloadAfterCrash(
  window: Pick<BrowserWindow, 'webContents'>,
  now: () => number = () => performance.now(),
): void {
  let last = -Infinity;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    const recent = now() - last < crashLoopMs;
    last = now();
    if (reason !== 'clean-exit' && !recent) window.webContents.reload();
  });
}
