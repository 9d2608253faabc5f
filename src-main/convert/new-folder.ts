import fs from 'node:fs';
import path from 'node:path';
import { ForedraftError } from '../contract/error.ts';
import { diskFull } from './disk-space.ts';

/**
 * Fills a folder beside `target` and then puts it in its place, so that `target` is whole or isn't there.
 * An earlier model in `target` is replaced; a folder of anything else is refused.
 * @throws ForedraftError `disk-full`, `file-failed`, or whatever `fill` throws
 */
export async function fillFolder<T>(target: string, fill: (folder: string) => Promise<T>): Promise<T> {
  refuseForeign(target);
  const folder = `${path.resolve(target)}.new-${process.pid}`;
  try {
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

function replace(folder: string, target: string): void {
  const old = `${target}.old-${process.pid}`;
  if (fs.existsSync(target)) fs.renameSync(target, old);
  fs.renameSync(folder, target);
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
