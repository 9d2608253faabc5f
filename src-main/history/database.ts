import Database from 'better-sqlite3';
import { ForedraftError } from '../contract/error.ts';
import { databaseError } from './database-error.ts';
import { migrate, newestVersion } from './migrate.ts';
import { storedVersion } from './stored-version.ts';

export type Connection = Database.Database;

export interface DatabaseOptions {
  /** The native half of better-sqlite3 for an Electron that the packaged one is too new for. */
  readonly nativeBinding?: string | undefined;
}

/**
 * Opens the database `file`, makes it where it is missing, and brings it to the newest format.
 * @throws ForedraftError `database-newer` for one that a newer program wrote, of which no byte changes;
 * `database-failed` or `disk-full` where it can't be opened
 */
export function openDatabase(file: string, { nativeBinding }: DatabaseOptions = {}): Connection {
  const options = nativeBinding === undefined ? {} : { nativeBinding };
  let connection: Connection | undefined;
  try {
    refuseNewer(file, storedVersion(file, options));
    connection = new Database(file, options);
    connection.pragma('journal_mode = WAL');
    // What was committed survives a power cut, not only a crash of the program.
    connection.pragma('synchronous = FULL');
    connection.pragma('foreign_keys = ON');
    migrate(connection);
    return connection;
  } catch (error) {
    connection?.close();
    throw databaseError(error, file, 'be opened');
  }
}

function refuseNewer(file: string, version: number): void {
  if (version <= newestVersion) return;
  throw new ForedraftError(
    'database-newer',
    `The database ${file} was written by a newer Foredraft (format ${version}, this one knows ${newestVersion}): install that version again, or move the file elsewhere to begin anew.`,
    { file, version, newestVersion },
  );
}
