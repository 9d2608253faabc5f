import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Manifest } from '../../native/manifest.ts';
import { hashSources, manifestFile, sha256 } from '../../native/manifest.ts';
import { nativeFolder } from './operator-session.ts';

const manifest = JSON.parse(fs.readFileSync(manifestFile, 'utf8')) as Manifest;

test('the committed libraries are built of the committed sources: else run npm run native', () => {
  expect(manifest.sources).toBe(hashSources());
});

test('every library has the size and hash that the manifest gives', () => {
  const platforms = ['darwin-arm64', 'linux-arm64', 'linux-x64', 'win32-arm64', 'win32-x64'];
  expect(Object.keys(manifest.libraries).map(path.posix.dirname).sort()).toEqual(platforms);
  for (const [name, { bytes, sha256: hash }] of Object.entries(manifest.libraries)) {
    const data = fs.readFileSync(path.join(nativeFolder, 'lib', name));
    expect([data.length, sha256(data)], name).toEqual([bytes, hash]);
    expect(data.length, name).toBeLessThan(1e6);
  }
});
