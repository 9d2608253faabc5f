import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/** What lib/manifest.json says: of which sources, with which compiler, each library was built. */
export interface Manifest {
  readonly zig: string;
  /** SHA-256 of the sources, targets and flags. */
  readonly sources: string;
  readonly libraries: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;
}

export const folder = import.meta.dirname;
export const manifestFile = path.join(folder, 'lib', 'manifest.json');

export function sha256(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** SHA-256 over the names and contents of all that the libraries' bytes depend on. */
export function hashSources(): string {
  const sources = fs.readdirSync(path.join(folder, 'src')).map((name) => `src/${name}`);
  const hash = createHash('sha256');
  for (const name of ['platforms.ts', ...sources].sort()) {
    hash.update(`${name}\0${sha256(fs.readFileSync(path.join(folder, name)))}\n`);
  }
  return hash.digest('hex');
}
