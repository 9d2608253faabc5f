import fs from 'node:fs';
import path from 'node:path';
import { ForedraftError } from '../contract/error.ts';

/** Makes the folder `folder` where it is missing. @throws ForedraftError `file-failed` where it can't be written to */
export function makeFolder(folder: string): void {
  try {
    fs.mkdirSync(folder, { recursive: true });
    fs.accessSync(folder, fs.constants.W_OK);
  } catch (error) {
    throw refusal(folder, error, 'choose another --out');
  }
}

/**
 * Writes `text` beside the file `name` first, so that it is there whole or as it was.
 * @throws ForedraftError `disk-full`, `file-failed`
 */
export function keep(folder: string, name: string, text: string): void {
  const file = path.join(folder, name);
  const beside = `${file}.part`;
  try {
    fs.writeFileSync(beside, text);
    fs.renameSync(beside, file);
  } catch (error) {
    fs.rmSync(beside, { force: true });
    throw refusal(file, error, 'what was written before is kept; choose another --out for the rest');
  }
}

function refusal(file: string, error: unknown, remedy: string): ForedraftError {
  const cause = error instanceof Error ? error.message : String(error);
  return cause.includes('ENOSPC')
    ? new ForedraftError('disk-full', `The disk of ${file} is full: make room there; ${remedy}.`, { file })
    : new ForedraftError('file-failed', `${file} can't be written (${cause}): ${remedy}.`, { file });
}
