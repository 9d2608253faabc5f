import fs from 'node:fs';
import type { Options } from 'better-sqlite3';
import Database from 'better-sqlite3';
import { versionOf } from './migrate.ts';

/** Where a SQLite file keeps its user_version: four bytes, most significant first. */
const versionOffset = 60;

/**
 * The version of the database in `file` without changing a byte of it; 0 if it does not exist yet.
 * A writable connection would do for reading, but it empties the write-ahead log when it closes.
 */
export function storedVersion(file: string, options: Options): number {
  if (sizeOf(`${file}-wal`) === 0) return versionInHeader(file);
  const database = new Database(file, { ...options, readonly: true });
  try {
    return versionOf(database);
  } finally {
    database.close();
  }
}

function versionInHeader(file: string): number {
  if (sizeOf(file) === 0) return 0;
  const header = Buffer.alloc(versionOffset + 4);
  const descriptor = fs.openSync(file, 'r');
  try {
    fs.readSync(descriptor, header, 0, header.length, 0);
  } finally {
    fs.closeSync(descriptor);
  }
  return header.toString('latin1', 0, 15) === 'SQLite format 3' ? header.readUInt32BE(versionOffset) : 0;
}

const sizeOf = (file: string) => fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
