import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { App } from 'electron';
import { ForedraftError } from './contract/error.ts';

/**
 * Makes the app and Chromium write to one folder only, and returns it: `chosen` if given, else the user data folder.
 * Must be called before the app is ready.
 * @throws ForedraftError `file-failed`, `disk-full`
 */
export function useDataFolder(app: App, chosen: string | undefined): string {
  const folder = chosen ? path.resolve(chosen) : app.getPath('userData');
  // Chromium's caches and state are kept apart from the data worth backing up.
  const window = path.join(folder, 'window');
  makeFolder(folder, window);
  // GTK and its libraries take the folder of their caches from the environment.
  if (chosen) process.env['XDG_CACHE_HOME'] = path.join(folder, 'cache');
  app.setPath('userData', folder);
  app.setPath('sessionData', window);
  app.setPath('crashDumps', path.join(folder, 'crashes'));
  app.setAppLogsPath(path.join(folder, 'logs'));
  return folder;
}

function makeFolder(folder: string, inside: string): void {
  try {
    fs.mkdirSync(inside, { recursive: true });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const full = code === 'ENOSPC';
    throw new ForedraftError(
      full ? 'disk-full' : 'file-failed',
      full
        ? `The data folder ${folder} can't be made because the disk is full: free some space, then start Foredraft again.`
        : `The data folder ${folder} can't be made (${message}): allow writing there, or set FOREDRAFT_DATA to another folder.`,
      { folder },
    );
  }
}
