import fs from 'node:fs';
import path from 'node:path';
import { project } from '../set-up/paths.mjs';

/**
 * @typedef {object} Licence a part of the program that others wrote
 * @property {string} name
 * @property {string} version
 * @property {string} licence its SPDX expression
 * @property {string} text the licence's text, with its copyright notices
 * @property {'package' | 'framework' | 'library' | 'model'} kind
 * @property {string} [purl] where to find it
 * @property {{ algorithm: string, content: string }} [hash] of its distribution, hexadecimal
 */

const texts = path.join(project, 'scripts/licences/texts');
export const licenceText = (name) => fs.readFileSync(path.join(texts, name), 'utf8').trim();

/** Packages without a licence file of their own, with the text that their authors publish for the whole project. */
const textsElsewhere = [
  { packages: /^onnxruntime-(node|common)$/, text: () => licenceText('onnxruntime.txt') },
  { packages: /^@koromix\/koffi-/, text: () => readLicenceFiles(path.join(project, 'node_modules/koffi')) },
];

const fileName = /^(licen[cs]e|copying|notice|third-party-licen[cs]e)/i;

/** All licence files in a package's folder, one after another; undefined if it has none. */
function readLicenceFiles(folder) {
  const files = fs.readdirSync(folder).filter((name) => fileName.test(name) && !/\.(js|ts|json)$/.test(name));
  const contents = files.sort().map((name) => fs.readFileSync(path.join(folder, name), 'utf8').trim());
  const text = contents.filter((content) => content !== '').join('\n\n');
  return text === '' ? undefined : text;
}

/**
 * The licence of the package in `folder`.
 * @param {ReadonlyMap<string, string>} integrities of the lock file, by `name@version`
 * @returns {Licence}
 * @throws Error if it has no licence or no text of it: it must not be shipped
 */
export function packageLicence(folder, integrities = new Map()) {
  const { name, version, license } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const remedy = `add its text to ${path.relative(project, texts)} and to package-licence.mjs, or do without the package.`;
  if (typeof license !== 'string' || /^(unlicensed|see licen[cs]e)/i.test(license)) {
    throw new Error(`${name}@${version} is bundled, and its package.json names no licence: ${remedy}`);
  }
  const elsewhere = textsElsewhere.find(({ packages }) => packages.test(name));
  const text = readLicenceFiles(folder) ?? elsewhere?.text();
  if (text === undefined) throw new Error(`${name}@${version} is bundled without a licence text: ${remedy}`);
  const hash = hashOf(integrities.get(`${name}@${version}`));
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  return { name, version, licence: license, text, kind: 'package', purl, ...(hash && { hash }) };
}

/** From `sha512-` and base64 to hexadecimal. */
function hashOf(integrity) {
  const [, size, base64] = /^sha(256|384|512)-(\S+)/.exec(integrity ?? '') ?? [];
  if (base64 === undefined) return undefined;
  return { algorithm: `SHA-${size}`, content: Buffer.from(base64, 'base64').toString('hex') };
}

/** The integrities in package-lock.json, by `name@version`. */
export function lockedIntegrities() {
  const { packages } = JSON.parse(fs.readFileSync(path.join(project, 'package-lock.json'), 'utf8'));
  return new Map(
    Object.entries(packages).map(([folder, { version, integrity }]) => [
      `${folder.replace(/^.*node_modules\//, '')}@${version}`,
      integrity,
    ]),
  );
}
