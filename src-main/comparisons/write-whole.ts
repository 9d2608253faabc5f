import crypto from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { ForedraftError } from '../contract/error.ts';

/**
 * Writes a temporary file first, so that `file` is either complete or unchanged.
 * @throws ForedraftError `disk-full`, `file-failed`
 */
export async function writeWhole(file: string, text: string): Promise<void> {
  // Not named after the file, whose name may be as long as the system allows.
  const partFile = path.join(path.dirname(file), `.${crypto.randomUUID()}.part`);
  try {
    await fs.writeFile(partFile, text);
    await fs.rename(partFile, file);
  } catch (error) {
    await fs.rm(partFile, { force: true }).catch(() => undefined);
    const cause = error instanceof Error ? error.message : String(error);
    const full = cause.includes('ENOSPC');
    throw new ForedraftError(
      full ? 'disk-full' : 'file-failed',
      full
        ? `The disk of ${file} is full: make room there or choose another folder, then export again.`
        : `${file} can't be written (${cause}): choose another folder.`,
      { file },
    );
  }
}
