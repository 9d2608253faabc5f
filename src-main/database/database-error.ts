import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { ForedraftError } from '../contract/error.ts';

interface Explanation {
  readonly cause: string;
  readonly remedy: string;
}

/** By the first part of SQLite's extended code that is listed. */
const explanations: readonly (readonly [code: string, explanation: Explanation])[] = [
  ['SQLITE_BUSY', { cause: 'another program has it locked', remedy: 'close that program, then try again' }],
  ['SQLITE_LOCKED', { cause: 'another program has it locked', remedy: 'close that program, then try again' }],
  ['SQLITE_READONLY', { cause: 'it is read-only', remedy: 'allow writing to it and its folder' }],
  ['SQLITE_CANTOPEN', { cause: "it can't be opened", remedy: 'allow reading and writing it and its folder' }],
  ['SQLITE_NOTADB', { cause: 'it is not a database', remedy: 'move it elsewhere and start Foredraft again' }],
  ['SQLITE_CORRUPT', { cause: 'it is damaged', remedy: 'replace it with a backup or move it elsewhere' }],
  ['SQLITE_IOERR', { cause: 'the disk failed', remedy: 'check the disk it is on' }],
];

/** A ForedraftError that explains an error of the database in `file`; `action` completes "Foredraft can't ...". */
export function databaseError(error: unknown, file: string, action: string): ForedraftError {
  if (error instanceof ForedraftError) return error;
  const code = codeOf(error);
  if (
    code.startsWith('SQLITE_FULL') ||
    code === 'ENOSPC' ||
    (code.startsWith('SQLITE_IOERR') && isFull(file))
  ) {
    const message = `Foredraft can't ${action} in ${file} because the disk is full: free some space, then try again.`;
    return new ForedraftError('disk-full', message, { file, cause: code });
  }
  const known = explanations.find(([prefix]) => code.startsWith(prefix))?.[1];
  const cause = known?.cause ?? (error instanceof Error ? error.message : String(error));
  const remedy = known?.remedy ?? 'start Foredraft again';
  const message = `Foredraft can't ${action} in ${file} because ${cause}: ${remedy}.`;
  return new ForedraftError('database-failed', message, { file, cause: code });
}

/** What SQLite needs for its shared memory; on a full disk it reports that it can't resize it. */
const leastBytes = 64 * 1024;

function isFull(file: string): boolean {
  try {
    const { bavail, bsize } = fs.statfsSync(path.dirname(file));
    return bavail * bsize < leastBytes;
  } catch {
    return false;
  }
}

function codeOf(error: unknown): string {
  if (error instanceof Database.SqliteError) return error.code;
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return 'unknown';
}
