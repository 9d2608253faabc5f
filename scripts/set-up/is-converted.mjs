import fs from 'node:fs';
import path from 'node:path';

/**
 * Whether the model in a folder is what would be converted again.
 * @param {string} folder
 * @param {number} formatVersion the one that this version reads
 * @param {string | null} adapter SHA-256 of the adapter that it should have; null for none
 */
export function isConverted(folder, formatVersion, adapter) {
  try {
    const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'model.json'), 'utf8'));
    return manifest.formatVersion === formatVersion && (manifest.adapter?.sha256 ?? null) === adapter;
  } catch {
    return false;
  }
}
