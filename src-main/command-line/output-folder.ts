import fs from 'node:fs';
import path from 'node:path';
import { ForedraftError } from '../contract/error.ts';

/** Creates `folder` if it doesn't exist. @throws ForedraftError `file-failed` if it isn't writable */
export function createOutputFolder(folder: string): void {
  try {
    fs.mkdirSync(folder, { recursive: true });
    fs.accessSync(folder, fs.constants.W_OK);
  } catch (error) {
    throw writeError(folder, error, 'choose another --out');
  }
}

/**
 * Writes the file `name` atomically, through a temporary file and a rename.
 * @throws ForedraftError `disk-full`, `file-failed`
 */
export function writeOutput(folder: string, name: string, text: string): void {
  const file = path.join(folder, name);
  const temporary = `${file}.part`;
  try {
    fs.writeFileSync(temporary, text);
    fs.renameSync(temporary, file);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw writeError(file, error, 'files written earlier are kept; choose another --out');
  }
}

function writeError(file: string, error: unknown, remedy: string): ForedraftError {
  const cause = error instanceof Error ? error.message : String(error);
  return cause.includes('ENOSPC')
    ? new ForedraftError(
        'disk-full',
        `The disk is full, so ${file} can't be written: free some space; ${remedy}.`,
        { file },
      )
    : new ForedraftError('file-failed', `${file} can't be written (${cause}): ${remedy}.`, { file });
}
