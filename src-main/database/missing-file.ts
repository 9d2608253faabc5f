import fs from 'node:fs';
import path from 'node:path';
import type { Database } from 'better-sqlite3';
import { ForedraftError } from '../contract/error.ts';

/** Identifies a file, as opposed to another one that takes its name. */
export type FileIdentity = Pick<fs.Stats, 'ino' | 'birthtimeMs'>;

/** undefined if there is no file. */
export function identityOf(file: string): FileIdentity | undefined {
  return fs.statSync(file, { throwIfNoEntry: false });
}

/** Whether `file` was deleted, moved or replaced since it was `known`. Some file systems renumber a file that wasn't. */
export function isMissing(file: string, known: FileIdentity): boolean {
  const now = identityOf(file);
  return now === undefined || (now.ino !== known.ino && now.birthtimeMs !== known.birthtimeMs);
}

/**
 * Saves a database whose file is gone, as long as its connection still reads it: under its own name, or under another
 * one if that is taken. Returns the error for everything that is to be written from now on.
 */
export function rescue(connection: Database, file: string): ForedraftError {
  const what = `The database ${file} was deleted, moved or replaced while Foredraft was running`;
  const remedy = 'save what is not saved yet elsewhere when you quit, and start Foredraft again';
  try {
    const copy = copyOf(connection, file);
    return new ForedraftError('database-failed', `${what}. All that was saved is in ${copy}: ${remedy}.`, {
      file,
      copy,
    });
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    return new ForedraftError('database-failed', `${what}, and can't be saved again (${cause}): ${remedy}.`, {
      file,
    });
  }
}

function copyOf(connection: Database, file: string): string {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const { dir, name, ext } = path.parse(file);
  let copy = file;
  for (let count = 1; fs.existsSync(copy); count += 1)
    copy = path.join(dir, `${name}-rescued-${count}${ext}`);
  if (copy === file) {
    // A log left beside it would be taken for the log of the copy.
    for (const end of ['-wal', '-shm']) fs.rmSync(file + end, { force: true });
  }
  connection.prepare('VACUUM INTO ?').run(copy);
  return copy;
}
