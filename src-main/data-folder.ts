import fs from 'node:fs';
import path from 'node:path';
import type { App } from 'electron';

/**
 * Gathers all that the program and Chromium write in one folder, `chosen` where that is given; returns it.
 * Must be called before the app is ready.
 */
export function useDataFolder(app: App, chosen: string | undefined): string {
  const folder = chosen ? path.resolve(chosen) : app.getPath('userData');
  fs.mkdirSync(folder, { recursive: true });
  app.setPath('userData', folder);
  // Caches and whatever else Chromium keeps stay apart from what a person would back up.
  app.setPath('sessionData', path.join(folder, 'window'));
  app.setPath('crashDumps', path.join(folder, 'crashes'));
  app.setAppLogsPath(path.join(folder, 'logs'));
  return folder;
}
