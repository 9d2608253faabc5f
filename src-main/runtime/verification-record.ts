import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import * as v from 'valibot';
import { ForedraftError } from '../contract/error.ts';
import { sha256OfFile } from './file-hash.ts';

const fileSchema = v.object({
  size: v.number(),
  /** Nanoseconds since 1970, in decimal: more digits than a number has. */
  modified: v.string(),
  sha256: v.string(),
  /** When it was hashed, in ISO 8601. */
  checked: v.string(),
});

/** A file as it was when its content was hashed. */
export type HashedFile = v.InferOutput<typeof fileSchema>;

/** Files by their names in one folder. */
export type HashedFiles = Readonly<Record<string, HashedFile>>;

/** By folder: the record of a folder that was copied says nothing about the copy. */
const recordSchema = v.record(v.string(), v.record(v.string(), fileSchema));
type Folders = Record<string, HashedFiles>;

const nameInFolder = 'verified.json';

/**
 * Remembers which files of models were hashed, so that an unchanged file isn't hashed at every load. It is kept in a
 * file of its own or, by default, in each model's folder. A record that is missing, damaged or can't be written costs
 * time and nothing else.
 */
export class VerificationRecord {
  readonly #file: string | undefined;

  /** @param file for all folders, where models may be in folders that aren't to be written */
  constructor(file?: string) {
    this.#file = file;
  }

  /** What is known about the files in `directory`; with a file for all folders, also from the one in the folder. */
  filesOf(directory: string): HashedFiles {
    const folder = fs.realpathSync(directory);
    const inFolder = path.join(folder, nameInFolder);
    return (this.#file && foldersIn(this.#file)[folder]) || foldersIn(inFolder)[folder] || {};
  }

  /** Replaces what is known about `directory`. */
  keep(directory: string, files: HashedFiles): void {
    const folder = fs.realpathSync(directory);
    const file = this.#file ?? path.join(folder, nameInFolder);
    const others = this.#file === undefined ? {} : foldersIn(file);
    const text = `${JSON.stringify({ ...others, [folder]: files }, null, 2)}\n`;
    const temporary = `${file}.new-${process.pid}`;
    try {
      fs.writeFileSync(temporary, text);
      fs.renameSync(temporary, file);
    } catch {
      // The files are hashed again at the next load.
      fs.rmSync(temporary, { force: true });
    }
  }
}

function foldersIn(file: string): Folders {
  try {
    const parsed = v.safeParse(recordSchema, JSON.parse(fs.readFileSync(file, 'utf8')));
    return parsed.success ? parsed.output : {};
  } catch {
    return {};
  }
}

/**
 * Hashes a file.
 * @param pause as of `sha256OfFile`
 * @throws ForedraftError `model-file-invalid` if it can't be read
 */
export async function hashedFile(file: string, pause?: () => Promise<void>): Promise<HashedFile> {
  // Before it is read: a change in the meantime counts as one after it.
  const state = stateOf(file);
  try {
    return { ...state, sha256: await sha256OfFile(file, pause), checked: new Date().toISOString() };
  } catch (error) {
    // `pause` may throw, too.
    throw error instanceof Error && 'syscall' in error ? unreadable(file, error.message) : error;
  }
}

/** Size and time of a file, by which a change is noticed. @throws ForedraftError as `hashedFile` */
export function stateOf(file: string): Pick<HashedFile, 'size' | 'modified'> {
  let status: fs.BigIntStats;
  try {
    status = fs.statSync(file, { bigint: true });
  } catch (error) {
    throw unreadable(file, error instanceof Error ? error.message : String(error));
  }
  // Reading a device or a pipe may never end.
  if (!status.isFile()) throw unreadable(file, 'it is not a file');
  return { size: Number(status.size), modified: String(status.mtimeNs) };
}

function unreadable(file: string, cause: string): ForedraftError {
  const message = `${file} can't be read (${cause}): install or convert the model again.`;
  return new ForedraftError('model-file-invalid', message, { file });
}
