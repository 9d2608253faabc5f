import fs from 'node:fs';
import path from 'node:path';
import { editorHash } from '../set-up/editor.mjs';
import { project } from '../set-up/paths.mjs';
import { licenceText } from './package-licence.mjs';

const read = (...parts) => fs.readFileSync(path.join(project, ...parts), 'utf8').trim();
const readJson = (...parts) => JSON.parse(read(...parts));

/**
 * Everything shipped that isn't an npm package.
 * @param {string} electronVersion
 * @returns {import('./package-licence.mjs').Licence[]}
 */
export function otherParts(electronVersion) {
  const model = readJson('models/smollm2-135m-instruct.json');
  const runtime = readJson('node_modules/onnxruntime-node/package.json').version;
  const native = ['onnxruntime', 'zig', 'mingw-w64'].map((name) => read('native', `LICENSE.${name}`));
  return [
    {
      name: 'Electron',
      version: electronVersion,
      licence: 'MIT',
      text: read('node_modules/electron/LICENSE'),
      kind: 'framework',
      purl: `pkg:github/electron/electron@v${electronVersion}`,
    },
    {
      name: 'Chromium, Node.js and their libraries',
      version: `Electron ${electronVersion}`,
      licence: 'BSD-3-Clause AND MIT AND others',
      text: 'The licences of all parts are in the file LICENSES.chromium.html, in the folder of the program; on macOS, in Electron’s release.',
      kind: 'framework',
    },
    {
      name: 'Libraries in ONNX Runtime',
      version: runtime,
      licence: 'MIT AND Apache-2.0 AND others',
      text: licenceText('onnxruntime-notices.txt'),
      kind: 'library',
    },
    sqlite(),
    {
      name: 'Libraries in Foredraft’s kernels',
      version: readJson('package.json').version,
      licence: 'MIT AND ZPL-2.1',
      text: native.join('\n\n'),
      kind: 'library',
    },
    {
      name: model.name,
      version: model.version,
      licence: model.licence,
      text: `${model.name}, converted to ONNX from ${path.basename(model.member)} of the Python package ${model.package} ${model.version}.\n\n${read('LICENSE')}`,
      kind: 'model',
      purl: `pkg:pypi/${model.package}@${model.version}`,
      hash: { algorithm: 'SHA-256', content: model.sha256 },
    },
    {
      name: `Editor for ${model.name}`,
      version: readJson('package.json').version,
      licence: 'Apache-2.0',
      text: `A low-rank adapter of ${model.name}, trained by this project (models/editor), converted to ONNX with it.\n\n${read('LICENSE')}`,
      kind: 'model',
      hash: { algorithm: 'SHA-256', content: editorHash() },
    },
  ];
}

/** In better-sqlite3's binary. */
function sqlite() {
  const header = read('node_modules/better-sqlite3/deps/sqlite3/sqlite3.h');
  const [notice] = /The author disclaims copyright[^]*?never taking more than you give\./.exec(header);
  return {
    name: 'SQLite',
    version: /#define SQLITE_VERSION\s+"([\d.]+)"/.exec(header)[1],
    licence: 'blessing',
    text: notice.replace(/^\*\* ?/gm, ''),
    kind: 'library',
  };
}
