import fs from 'node:fs';
import path from 'node:path';
import { ForedraftError } from '../contract/error.ts';
import { diskFull } from './disk-space.ts';

/**
 * Fills a folder beside `target` and then puts it in its place, so that `target` is whole or isn't there.
 * An earlier model in `target` is replaced; a folder of anything else is refused. What a killed program left
 * beside it is removed.
 * @throws ForedraftError `disk-full`, `file-failed`, or whatever `fill` throws
 */
export async function fillFolder<T>(target: string, fill: (folder: string) => Promise<T>): Promise<T> {
  refuseForeign(target);
  const folder = `${path.resolve(target)}.new-${process.pid}`;
  try {
    removeLeftOver(path.resolve(target));
    fs.mkdirSync(folder, { recursive: true });
    const result = await fill(folder);
    replace(folder, path.resolve(target));
    return result;
  } catch (error) {
    fs.rmSync(folder, { recursive: true, force: true });
    throw fileError(target, error);
  }
}

function refuseForeign(target: string): void {
  const entries = fs.existsSync(target) ? entriesOf(target) : [];
  if (entries.length === 0 || entries.includes('model.json')) return;
  throw new ForedraftError('file-failed', `${target} holds other things than a model: choose a new folder.`, {
    target,
  });
}

function entriesOf(target: string): readonly string[] {
  try {
    return fs.readdirSync(target);
  } catch (error) {
    throw fileError(target, error);
  }
}

/** Clears away the folders of killed programs; an earlier model that one had moved aside comes back. */
function removeLeftOver(target: string): void {
  const parent = path.dirname(target);
  const own = `${path.basename(target)}.`;
  for (const name of fs.existsSync(parent) ? fs.readdirSync(parent) : []) {
    if (!name.startsWith(own)) continue;
    const [, kind, pid] = /^(new|old)-(\d+)$/.exec(name.slice(own.length)) ?? [];
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
    // Another person's process may not be asked, but it is there.
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
    {
      target,
    },
  );
}
