import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { App } from 'electron';

/**
 * Gathers all that the program and Chromium write in one folder, `chosen` where that is given; returns it.
 * Must be called before the app is ready.
 */
export function useDataFolder(app: App, chosen: string | undefined): string {
  const folder = chosen ? path.resolve(chosen) : app.getPath('userData');
  // Caches and whatever else Chromium keeps stay apart from what a person would back up.
  const window = path.join(folder, 'window');
  fs.mkdirSync(window, { recursive: true });
  // GTK and what it loads keep caches too; for their own folder they ask the environment.
  if (chosen) process.env['XDG_CACHE_HOME'] = path.join(folder, 'cache');
  app.setPath('userData', folder);
  app.setPath('sessionData', window);
  app.setPath('crashDumps', path.join(folder, 'crashes'));
  app.setAppLogsPath(path.join(folder, 'logs'));
  return folder;
}
