import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { Options } from 'better-sqlite3';
import Database from 'better-sqlite3';
import { ForedraftError } from '../contract/error.ts';
import { databaseError } from './database-error.ts';
import type { FileIdentity } from './missing-file.ts';
import { identityOf, isMissing, rescue } from './missing-file.ts';
import { migrate, newestVersion, versionOf } from './migrate.ts';
import { storedVersion } from './stored-version.ts';

export interface DatabaseOptions {
  /** File of a native binding that replaces better-sqlite3's own, for an Electron too old for that one. */
  readonly nativeBinding?: string | undefined;
  /** How long a statement waits for another process's lock, in milliseconds; default 500. */
  readonly lockTimeoutMs?: number;
}

/** An open database whose failures are ForedraftErrors, `database-failed` or `disk-full`. */
export class AppDatabase {
  readonly connection: Database.Database;
  readonly #file: string;
  readonly #identity: FileIdentity | undefined;
  #failing = false;
  /** Why nothing can be written any more: the file is gone. */
  #lost: ForedraftError | undefined;

  constructor(connection: Database.Database, file: string) {
    this.connection = connection;
    this.#file = file;
    this.#identity = identityOf(file);
  }

  /** Whether the last write failed for a reason that isn't the caller's, such as a full disk. */
  get failing(): boolean {
    return this.#failing;
  }

  /** Returns what `work` reads; `action` completes "Foredraft can't ...". */
  read<T>(action: string, work: () => T): T {
    return attempt(this.#file, action, work);
  }

  /** Runs `work` in one transaction, then `notify`, whose failure is only a warning: the data is stored. */
  write<T>(action: string, work: () => T, notify?: () => void): T {
    const result = this.#commit(action, work);
    try {
      notify?.();
    } catch (error) {
      process.emitWarning(error instanceof Error ? error : String(error));
    }
    return result;
  }

  /**
   * As `write`, for text that is removed for good: `secure_delete` overwrites it in the database, and the write-ahead
   * log, whose older pages hold it too, is emptied.
   */
  erase<T>(action: string, work: () => T, notify?: () => void): T {
    return this.write(action, work, () => {
      notify?.();
      this.connection.pragma('wal_checkpoint(TRUNCATE)');
    });
  }

  #commit<T>(action: string, work: () => T): T {
    try {
      this.#requireFile();
      const result = attempt(this.#file, action, () => this.connection.transaction(work).immediate());
      this.#failing = false;
      return result;
    } catch (error) {
      const { code } = error as ForedraftError;
      this.#failing = code === 'disk-full' || code === 'database-failed';
      throw error;
    }
  }

  /** On most systems an open file can be deleted: later writes to it are lost. */
  #requireFile(): void {
    if (!this.#lost && this.#identity && isMissing(this.#file, this.#identity))
      this.#lost = rescue(this.connection, this.#file);
    if (this.#lost) throw this.#lost;
  }

  close(): void {
    attempt(this.#file, 'close the database', () => this.connection.close());
  }
}

/**
 * Opens the database in `file`, creating it if it is missing, and migrates it to the newest version.
 * @throws ForedraftError `database-newer`, without touching the file; `database-failed`; `disk-full`
 */
export function openDatabase(file: string, options: DatabaseOptions = {}): AppDatabase {
  const { nativeBinding, lockTimeoutMs = 500 } = options;
  const opening: Options = { timeout: lockTimeoutMs, ...(nativeBinding ? { nativeBinding } : {}) };
  return attempt(file, 'open the database', () => {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    refuseNewer(file, storedVersion(file, opening));
    const connection = new Database(file, opening);
    try {
      connection.pragma('journal_mode = WAL');
      // A commit is on disk when it returns: a power cut loses no more than a kill does.
      connection.pragma('synchronous = FULL');
      // What is removed is overwritten with zeros, and doesn't stay legible in the file.
      connection.pragma('secure_delete = ON');
      const version = versionOf(connection);
      migrate(connection);
      if (version > 0 && version < firstOverwriting) overwriteFreeSpace(connection);
    } catch (error) {
      connection.close();
      throw error;
    }
    return new AppDatabase(connection, file);
  });
}

/** The version from which on removed text was overwritten. */
const firstOverwriting = 10;

/** Removes what older versions left of removed text. Without the disk space it takes, that text stays. */
function overwriteFreeSpace(connection: Database.Database): void {
  try {
    connection.exec('VACUUM');
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : String(error));
  }
}

function refuseNewer(file: string, version: number): void {
  if (version <= newestVersion) return;
  throw new ForedraftError(
    'database-newer',
    `The database ${file} was written by a newer Foredraft (version ${version}, this one knows ${newestVersion}): install that Foredraft, or move the file elsewhere to start with an empty one.`,
    { file, version, newest: newestVersion },
  );
}

function attempt<T>(file: string, action: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw databaseError(error, file, action);
  }
}
