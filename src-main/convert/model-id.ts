import crypto from 'node:crypto';
import { fileNameFrom } from '../contract/file-name.ts';

/** Separators of words: names that differ in nothing else have the same id. */
const separators = /[\s_()[\]{},'-]+/gu;

/**
 * The id of a model that is named after its file, without the extension: lower case, with a hyphen between words, and
 * valid as the name of a folder. Letters and digits of every script are kept; where anything else is lost, a hash of
 * the name keeps ids apart.
 */
export function modelIdOf(name: string): string {
  const composed = name.normalize('NFC').toLowerCase().normalize('NFC');
  const hyphenated = composed.replace(separators, '-');
  const letters = hyphenated.replace(/(?:(?!\u200C|\u200D)[^\p{L}\p{M}\p{N}.-])+/gu, '-').replace(/-+/g, '-');
  const id = fileNameFrom(letters, '-');
  if (letters === hyphenated && id === letters) return id;
  const hash = crypto.createHash('sha256').update(composed).digest('hex').slice(0, 8);
  return `${id.replace(/-$/, '')}-${hash}`.replace(/^-/, 'model-');
}
