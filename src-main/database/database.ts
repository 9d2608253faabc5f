import fs from 'node:fs';
import path from 'node:path';
import type { Options } from 'better-sqlite3';
import Database from 'better-sqlite3';
import { ForedraftError } from '../contract/error.ts';
import { databaseError } from './database-error.ts';
import { migrate, newestVersion } from './migrate.ts';
import { storedVersion } from './stored-version.ts';

export interface DatabaseOptions {
  /** File of a native binding to use instead of better-sqlite3's own: for an Electron too old for that one. */
  readonly nativeBinding?: string | undefined;
  /** How long a statement waits for another program's lock, in milliseconds; default 500. */
  readonly lockTimeoutMs?: number;
}

/** An open database whose failures are ForedraftErrors, `database-failed` or `disk-full`. */
export class HistoryDatabase {
  readonly connection: Database.Database;
  readonly #file: string;

  constructor(connection: Database.Database, file: string) {
    this.connection = connection;
    this.#file = file;
  }

  /** What `work` reads; `doing` completes "can't ...". */
  read<T>(doing: string, work: () => T): T {
    return attempt(this.#file, doing, work);
  }

  /** Does everything that `work` writes or, where it throws, nothing of it. */
  write<T>(doing: string, work: () => T): T {
    return attempt(this.#file, doing, () => this.connection.transaction(work).immediate());
  }

  close(): void {
    attempt(this.#file, 'close the history', () => this.connection.close());
  }
}

/**
 * Opens the database in `file`, made where it is missing, and brings it to the newest version.
 * @throws ForedraftError `database-newer`, the file left as it is; `database-failed`; `disk-full`
 */
export function openDatabase(file: string, options: DatabaseOptions = {}): HistoryDatabase {
  const { nativeBinding, lockTimeoutMs = 500 } = options;
  const opening: Options = { timeout: lockTimeoutMs, ...(nativeBinding ? { nativeBinding } : {}) };
  return attempt(file, 'open the history', () => {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    refuseNewer(file, storedVersion(file, opening));
    const connection = new Database(file, opening);
    try {
      connection.pragma('journal_mode = WAL');
      // A commit is on the disk when it returns: a power cut loses no more than a kill does.
      connection.pragma('synchronous = FULL');
      migrate(connection);
      connection.pragma('foreign_keys = ON');
    } catch (error) {
      connection.close();
      throw error;
    }
    return new HistoryDatabase(connection, file);
  });
}

function refuseNewer(file: string, version: number): void {
  if (version <= newestVersion) return;
  throw new ForedraftError(
    'database-newer',
    `The database ${file} was written by a newer Foredraft (version ${version}, this one knows ${newestVersion}): install that Foredraft, or move the file elsewhere to begin a new history.`,
    { file, version, newest: newestVersion },
  );
}

function attempt<T>(file: string, doing: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw databaseError(error, file, doing);
  }
}
