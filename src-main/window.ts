import path from 'node:path';
import { BrowserWindow, nativeTheme, screen } from 'electron';
import type { Settings } from './contract/settings.ts';
import { appOrigin } from './scheme.ts';
import { readWindowState, writeWindowState } from './window-state.ts';

/** --paper of the two themes: what is seen before the first paint. */
const paper = { light: '#fbfaf7', dark: '#15171b' } as const;

const currentPaper = () => (nativeTheme.shouldUseDarkColors ? paper.dark : paper.light);

/** Lets the window's frame, menus and media queries follow the theme that a person chose. */
export function applyTheme(theme: Settings['theme']): void {
  nativeTheme.themeSource = theme;
  for (const window of BrowserWindow.getAllWindows()) window.setBackgroundColor(currentPaper());
}

/**
 * The program's one window, shown as soon as there is something in it to see, where and as large as it was.
 * @param stateFile keeps that
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
      // A window in the background still shows the answer's end when it comes back.
      backgroundThrottling: false,
    },
  });
  if (state?.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => {
    writeWindowState(stateFile, { bounds: window.getNormalBounds(), maximized: window.isMaximized() });
  });
  showAgainAfterCrash(window);
  void window.loadURL(`${appOrigin}/index.html`);
  return window;
}

/** Least time between two crashes of the page after which it is loaded again: one that always crashes stays down. */
const crashPauseMs = 10_000;

/** The page's process ended: nothing is lost, since main has all text; the page reads it anew. */
export function showAgainAfterCrash(
  window: Pick<BrowserWindow, 'webContents'>,
  now: () => number = () => performance.now(),
): void {
  let last = -Infinity;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    const recent = now() - last < crashPauseMs;
    last = now();
    if (reason !== 'clean-exit' && !recent) window.webContents.reload();
  });
}
