import fs from 'node:fs';
import path from 'node:path';
import { sha256OfFile } from '../../src-main/runtime/file-hash.ts';

/** SHA-256 of all files of a model but the record of their verification, which says when and where. */
export async function hashesIn(directory: string): Promise<Record<string, string>> {
  const names = fs.readdirSync(directory).filter((name) => name !== 'verified.json');
  const entries = names.map(async (name) => [name, await sha256OfFile(path.join(directory, name))] as const);
  return Object.fromEntries(await Promise.all(entries));
}
