import fs from 'node:fs';
import path from 'node:path';
import { ForedraftError } from '../contract/error.ts';
import type { ModelManifest } from './manifest.ts';
import { adapterPrefix } from './manifest.ts';
import { readManifest } from './read-manifest.ts';
import type { HashedFile, VerificationRecord } from './verification-record.ts';
import { hashedFile, stateOf } from './verification-record.ts';

const graphs = ['model.onnx', 'operators.onnx'].flatMap((name) => [name, `${adapterPrefix}${name}`]);
/** What is loaded of a model's folder, beside its manifest. */
const loadedFiles = ['tokenizer.json', ...graphs.flatMap((name) => [name, `${name}.data`])];

/**
 * Checks that a model's files are what its manifest says: hashes those that are new, or of another size or time than
 * in `record`, and records them.
 * @throws ForedraftError `model-file-invalid`, naming the file
 */
export async function verifyFiles(
  directory: string,
  manifest: ModelManifest,
  record: VerificationRecord,
): Promise<void> {
  requireListed(directory, manifest);
  const known = record.filesOf(directory);
  const isKnown = (name: string, expected: string) => {
    const before = known[name];
    if (before?.sha256 !== expected) return false;
    const { size, modified } = stateOf(path.join(directory, name));
    return before.size === size && before.modified === modified;
  };
  const changed = Object.keys(manifest.files).filter((name) => !isKnown(name, manifest.files[name]!));
  if (changed.length > 0) await hashAll(directory, manifest, changed, record);
}

/**
 * Checks the content of all files of a loaded model, whatever their size and time. A folder that has got another model
 * in the meantime isn't checked: the loaded one isn't damaged by that.
 * @param pause awaited after each 4 MiB; ends the check by throwing
 * @throws ForedraftError `model-file-invalid`, naming the file; it is hashed again before the next load, then
 */
export async function verifyAgain(
  directory: string,
  manifest: ModelManifest,
  record: VerificationRecord,
  pause: () => Promise<void>,
): Promise<void> {
  if (isReplaced(directory, manifest)) return;
  try {
    await hashAll(directory, manifest, Object.keys(manifest.files), record, pause);
  } catch (error) {
    if (!(error instanceof ForedraftError)) throw error;
    if (isReplaced(directory, manifest)) return;
    record.keep(directory, {});
    throw error;
  }
}

/**
 * Checks that the folder of a loaded model still has its files, before more of them are loaded.
 * @throws ForedraftError `model-load-failed` if another model was converted into it, and as `verifyFiles`
 */
export async function verifyLoaded(
  directory: string,
  manifest: ModelManifest,
  record: VerificationRecord,
): Promise<void> {
  if (isReplaced(directory, manifest)) {
    const message = `${directory} holds another model than the one that was loaded from it: choose Restart engine.`;
    throw new ForedraftError('model-load-failed', message, { directory });
  }
  await verifyFiles(directory, manifest, record);
}

async function hashAll(
  directory: string,
  { files }: ModelManifest,
  names: readonly string[],
  record: VerificationRecord,
  pause?: () => Promise<void>,
): Promise<void> {
  const hashed: Record<string, HashedFile> = {};
  for (const name of names) {
    const file = path.join(directory, name);
    const found = await hashedFile(file, pause);
    if (found.sha256 !== files[name]) throw damaged(file, files[name] ?? '', found.sha256);
    hashed[name] = found;
  }
  record.keep(directory, { ...record.filesOf(directory), ...hashed });
}

/** A file without a hash in the manifest couldn't be checked, and one elsewhere is none of the model's. */
function requireListed(directory: string, { files }: ModelManifest): void {
  const manifestFile = path.join(directory, 'model.json');
  const outside = Object.keys(files).find((name) => path.basename(name) !== name || name === '..');
  if (outside !== undefined) {
    const message = `${manifestFile} lists the file ${outside}, which is not in the model's folder: convert the model again.`;
    throw new ForedraftError('model-file-invalid', message, { file: manifestFile });
  }
  const unlisted = loadedFiles.find(
    (name) => !Object.hasOwn(files, name) && fs.existsSync(path.join(directory, name)),
  );
  if (unlisted === undefined) return;
  const message = `${manifestFile} lists no hash of ${unlisted}, so the file can't be checked: convert the model again.`;
  throw new ForedraftError('model-file-invalid', message, { file: manifestFile });
}

function isReplaced(directory: string, loaded: ModelManifest): boolean {
  try {
    return JSON.stringify(readManifest(directory).files) !== JSON.stringify(loaded.files);
  } catch {
    return true;
  }
}

function damaged(file: string, expected: string, actual: string): ForedraftError {
  const short = (hash: string) => `${hash.slice(0, 12)}…`;
  return new ForedraftError(
    'model-file-invalid',
    `${file} is damaged (SHA-256 ${short(actual)}, expected ${short(expected)}): install or convert the model again.`,
    { file, expected, actual },
  );
}
