import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const source = fs.readFileSync(path.join(import.meta.dirname, '../../scripts/set-up/node.mjs'), 'utf8');

test('every Node that set-up installs is pinned by version and hash', () => {
  const names = [...source.matchAll(/name: '(node-[\w-]+)'/g)].map(([, name]) => name);
  const versions = [...source.matchAll(/version: '(\d+\.\d+\.\d+)'/g)];
  const hashes = [...source.matchAll(/integrity:\s+'sha512-([A-Za-z0-9+/]{86}==)'/g)].map(([, hash]) => hash);
  expect(names).toHaveLength(4);
  expect([versions.length, new Set(hashes).size]).toEqual([4, 4]);
  // `npm ci` refuses a package whose content differs from the lock file's hash; `npm install NAME` does not.
  expect(source).toMatch(/'ci', '--ignore-scripts'/);
  expect(source).not.toMatch(/'install'/);
});
