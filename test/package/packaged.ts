import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export const project = path.join(import.meta.dirname, '../..');

/** Packages the app as `npm run package` does; returns the folder of the unpacked app. */
export function packageApp(...options: readonly string[]): string {
  execFileSync(process.execPath, [path.join(project, 'scripts/package.mjs'), ...options], {
    cwd: project,
    stdio: 'inherit',
  });
  const output = options.includes('--test-build') ? 'release/test' : 'release';
  return path.join(project, output, 'linux-unpacked');
}

/** The environment without FOREDRAFT_ variables, so that the package must find its own files, and a data folder. */
export function cleanEnvironment(): { readonly env: Record<string, string>; readonly data: string } {
  const data = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-package-'));
  const kept = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined || name.startsWith('FOREDRAFT_') ? [] : [[name, value] as const],
  );
  return { env: { ...Object.fromEntries(kept), FOREDRAFT_DATA: data }, data };
}

export const sandboxOptions = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
