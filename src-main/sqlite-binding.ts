import fs from 'node:fs';
import path from 'node:path';

/**
 * The native half of SQLite for an Electron that the packaged one is too new for: what
 * `FOREDRAFT_SQLITE_BINDING` names, or what lies in a package's resources. undefined: the packaged one fits.
 */
export function sqliteBinding(
  environment: Readonly<Record<string, string | undefined>>,
  resources: string | undefined,
): string | undefined {
  const named = environment['FOREDRAFT_SQLITE_BINDING'];
  if (named !== undefined && named !== '') return named;
  const packaged = resources === undefined ? undefined : path.join(resources, 'sqlite/better_sqlite3.node');
  return packaged !== undefined && fs.existsSync(packaged) ? packaged : undefined;
}
