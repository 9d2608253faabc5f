import fs from 'node:fs';
import path from 'node:path';
import { cache, project } from '../set-up/paths.mjs';
import { otherParts } from './other-parts.mjs';
import { shippedFolders } from './package-folders.mjs';
import { lockedIntegrities, packageLicence } from './package-licence.mjs';
import { sbomOf } from './sbom.mjs';

/** The bundler's own helpers, which are in what it writes. */
const bundler = 'rolldown';

/** The Electron that set-up found, which is packaged, else the pinned one. */
function electronVersion() {
  for (const file of [
    path.join(cache, 'electron/path.json'),
    path.join(project, 'node_modules/electron/package.json'),
  ])
    if (fs.existsSync(file)) return JSON.parse(fs.readFileSync(file, 'utf8')).version;
  throw new Error('electron is not installed: run npm ci.');
}

/**
 * Writes into `target` the licences of everything that is shipped: `THIRD-PARTY-NOTICES.txt` to be read,
 * `licences.json` for the window and `sbom.cdx.json`, a bill of materials.
 * @param {Iterable<string>} bundled folders of the packages in the bundles
 * @param {readonly string[]} beside names of packages that are shipped beside them, with their dependencies
 * @throws Error if a package has no licence text
 */
export function writeLicences(target, bundled, beside) {
  const integrities = lockedIntegrities();
  const folders = [
    ...bundled,
    ...shippedFolders(project, beside),
    path.join(project, 'node_modules', bundler),
  ];
  const packages = [...new Set(folders)].map((folder) => packageLicence(folder, integrities));
  // One package in several folders is one part.
  const unique = new Map(packages.map((part) => [part.purl, part]));
  const byName = [...unique.values()].sort((one, other) => (one.purl < other.purl ? -1 : 1));
  const parts = [...otherParts(electronVersion()), ...byName];
  const application = JSON.parse(fs.readFileSync(path.join(project, 'package.json'), 'utf8'));
  fs.rmSync(target, { recursive: true, force: true });
  fs.mkdirSync(target, { recursive: true });
  const write = (name, text) => fs.writeFileSync(path.join(target, name), text);
  const own = fs.readFileSync(path.join(project, 'LICENSE'), 'utf8').trim();
  write('THIRD-PARTY-NOTICES.txt', noticesOf(application.productName, parts));
  write('LICENSE.txt', `${own}\n`);
  const listed = parts.map(({ name, version, licence, text }) => ({ name, version, licence, text }));
  const self = {
    name: application.productName,
    version: application.version,
    licence: application.license,
    text: own,
  };
  write('licences.json', JSON.stringify([self, ...listed]));
  write('sbom.cdx.json', `${JSON.stringify(sbomOf(application, parts), null, 2)}\n`);
}

function noticesOf(product, parts) {
  const rule = '-'.repeat(80);
  const sections = parts.map(
    ({ name, version, licence, text }) => `${rule}\n${name} ${version} (${licence})\n${rule}\n\n${text}\n`,
  );
  return `${product} contains these parts, under the licences below.\n\n${sections.join('\n')}`;
}
