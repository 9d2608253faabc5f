import fs from 'node:fs';
import path from 'node:path';
import { ForedraftError } from '../contract/error.ts';

/**
 * Checks for free disk space before writing.
 * @param target a file or folder that need not exist yet
 * @throws ForedraftError `disk-full` if fewer than `bytes` bytes are free
 */
export function requireSpace(target: string, bytes: number): void {
  const existing = nearestExisting(path.resolve(target));
  const { bavail, bsize } = fs.statfsSync(existing);
  const free = bavail * bsize;
  if (free >= bytes) return;
  throw diskFull(target, `${megabytes(bytes)} MB needed, ${megabytes(free)} MB free`);
}

function diskFull(target: string, state: string): ForedraftError {
  return new ForedraftError(
    'disk-full',
    `There isn't enough disk space for ${target} (${state}): free some space or choose another folder.`,
    { target },
  );
}

function nearestExisting(target: string): string {
  return fs.existsSync(target) ? target : nearestExisting(path.dirname(target));
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1e6);
}

/**
 * Writes a model folder atomically: `fill` writes to a temporary sibling, which is then renamed to `target`. An
 * existing model in `target` is replaced; a folder with other content is refused. Temporary folders of killed
 * processes are removed.
 * @throws ForedraftError `disk-full`, `file-failed`; errors of `fill` are rethrown
 */
export async function replaceFolder<T>(target: string, fill: (folder: string) => Promise<T>): Promise<T> {
  rejectForeign(target);
  const folder = `${path.resolve(target)}.new-${process.pid}`;
  try {
    removeStale(path.resolve(target));
    fs.mkdirSync(folder, { recursive: true });
    const result = await fill(folder);
    replace(folder, path.resolve(target));
    return result;
  } catch (error) {
    fs.rmSync(folder, { recursive: true, force: true });
    throw fileError(target, error);
  }
}

function rejectForeign(target: string): void {
  const entries = fs.existsSync(target) ? entriesOf(target) : [];
  if (entries.length === 0 || entries.includes('model.json')) return;
  throw new ForedraftError(
    'file-failed',
    `${target} holds files other than a model: choose another folder.`,
    {
      target,
    },
  );
}

function entriesOf(target: string): readonly string[] {
  try {
    return fs.readdirSync(target);
  } catch (error) {
    throw fileError(target, error);
  }
}

/** Removes temporary folders of dead processes; restores a model that one of them had moved aside. */
function removeStale(target: string): void {
  const parent = path.dirname(target);
  const prefix = `${path.basename(target)}.`;
  for (const name of fs.existsSync(parent) ? fs.readdirSync(parent) : []) {
    if (!name.startsWith(prefix)) continue;
    const [, kind, pid] = /^(new|old)-(\d+)$/.exec(name.slice(prefix.length)) ?? [];
    if (kind === undefined || isAlive(Number(pid))) continue;
    const folder = path.join(parent, name);
    if (kind === 'old' && !fs.existsSync(target)) fs.renameSync(folder, target);
    else fs.rmSync(folder, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: the process exists but belongs to another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function replace(folder: string, target: string): void {
  const old = `${target}.old-${process.pid}`;
  const replaces = fs.existsSync(target);
  if (replaces) fs.renameSync(target, old);
  try {
    fs.renameSync(folder, target);
  } catch (error) {
    if (replaces) fs.renameSync(old, target);
    throw error;
  }
  fs.rmSync(old, { recursive: true, force: true });
}

function fileError(target: string, error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || error instanceof ForedraftError) return error;
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT') return diskFull(target, 'the disk filled up');
  return new ForedraftError(
    'file-failed',
    `${target} can't be written (${error.message}): check the folder.`,
    { target },
  );
}
