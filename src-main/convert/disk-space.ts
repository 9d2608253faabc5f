import fs from 'node:fs';
import path from 'node:path';
import { ForedraftError } from '../contract/error.ts';

/**
 * Refuses to start what can't be finished.
 * @param target a file or folder that may not exist yet
 * @throws ForedraftError `disk-full` where fewer than `bytes` are free
 */
export function requireSpace(target: string, bytes: number): void {
  const existing = nearestExisting(path.resolve(target));
  const { bavail, bsize } = fs.statfsSync(existing);
  const free = bavail * bsize;
  if (free >= bytes) return;
  throw diskFull(target, `${megabytes(bytes)} MB are needed and ${megabytes(free)} MB are free`);
}

/** The error of a disk that was full, or filled up, while `target` was written. */
export function diskFull(target: string, state: string): ForedraftError {
  return new ForedraftError(
    'disk-full',
    `There is no room for ${target} (${state}): free some space or choose another folder.`,
    { target },
  );
}

function nearestExisting(target: string): string {
  return fs.existsSync(target) ? target : nearestExisting(path.dirname(target));
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1e6);
}
