import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { build } from 'vite';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { collectPackages, packageFolder, shippedFolders } from '../../scripts/licences/package-folders.mjs';
import { packageLicence } from '../../scripts/licences/package-licence.mjs';
import { sbomOf } from '../../scripts/licences/sbom.mjs';
import { writeLicences } from '../../scripts/licences/write-licences.mjs';

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-licences-'));
afterAll(() => fs.rmSync(root, { recursive: true }));

let count = 0;
let folder: string;
beforeEach(() => {
  folder = path.join(root, String(++count));
});

const write = (name: string, text: string) => {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
};

/** A package in a node_modules folder. */
function install(name: string, manifest: object, files: Readonly<Record<string, string>> = {}): string {
  const at = path.join('node_modules', name);
  write(path.join(at, 'package.json'), JSON.stringify({ name, version: '1.2.3', ...manifest }));
  for (const [file, text] of Object.entries(files)) write(path.join(at, file), text);
  return path.join(folder, at);
}

describe('the licence of a package', () => {
  test.each([
    ...['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'license', 'Licence', 'licence.md', 'LICENSE-MIT'],
    ...['COPYING', 'COPYING.txt', 'copying', 'NOTICE', 'NOTICE.md'],
  ])('is read from %s', (file) => {
    const at = install('@scope/part', { license: 'MIT' }, { [file]: '\nThe text\n' });
    expect(packageLicence(at)).toEqual({
      name: '@scope/part',
      version: '1.2.3',
      licence: 'MIT',
      text: 'The text',
      kind: 'package',
      purl: 'pkg:npm/%40scope/part@1.2.3',
    });
  });

  test('holds all its texts, and the hash of the lock file', () => {
    const at = install('part', { license: 'Apache-2.0' }, { LICENSE: 'One', NOTICE: 'Two' });
    const integrities = new Map([['part@1.2.3', `sha512-${Buffer.from('hash').toString('base64')}`]]);
    expect(packageLicence(at, integrities)).toMatchObject({
      text: 'One\n\nTwo',
      hash: { algorithm: 'SHA-512', content: Buffer.from('hash').toString('hex') },
    });
  });

  const remedy = /part@1\.2\.3 is bundled.*: add its text to .*, or do without the package\./;
  test.each([
    ['no file', { license: 'MIT' }, {}],
    ['an empty file', { license: 'MIT' }, { LICENSE: ' \n' }],
    ['a readme only', { license: 'MIT' }, { 'README.md': 'MIT' }],
    ['only code by that name', { license: 'MIT' }, { 'license.js': 'export {}', 'licenses.json': '[]' }],
    ['no licence in its package.json', {}, { LICENSE: 'text' }],
    ['no licence to use it', { license: 'UNLICENSED' }, { LICENSE: 'text' }],
    ['a licence to be looked up', { license: 'SEE LICENSE IN EULA' }, { LICENSE: 'text' }],
    ['an obsolete list of licences', { licenses: [{ type: 'MIT' }] }, { LICENSE: 'text' }],
  ])('is refused with %s', (_case, manifest, files) => {
    const at = install('part', manifest, files);
    expect(() => packageLicence(at)).toThrow(remedy);
  });
});

describe('a new dependency in a bundle', () => {
  /** Builds a page that imports the packages `names`; returns those that the licences are written for. */
  async function bundled(names: readonly string[]): Promise<Set<string>> {
    write('main.js', names.map((name) => `import '${name}';`).join('\n'));
    const folders = new Set<string>();
    await build({
      ...{ root: folder, configFile: false, logLevel: 'error', publicDir: false },
      plugins: [collectPackages(folders)],
      build: {
        write: false,
        lib: { entry: path.join(folder, 'main.js'), formats: ['es'], fileName: 'main' },
      },
    });
    return folders;
  }
  const licences = path.join(root, 'written');
  const code = { 'index.js': 'globalThis.part = 1;' };

  test('is in the notices, with all that it imports', async () => {
    install('inner', { license: 'ISC', main: 'index.js' }, { ...code, LICENSE: 'Of inner' });
    install(
      '@scope/outer',
      { license: 'MIT', main: 'index.js' },
      { 'index.js': `import 'inner';`, LICENSE: 'Of outer' },
    );
    writeLicences(licences, await bundled(['@scope/outer']), []);
    const notices = fs.readFileSync(path.join(licences, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
    for (const part of ['inner 1.2.3 (ISC)', 'Of inner', '@scope/outer 1.2.3 (MIT)', 'Of outer'])
      expect(notices).toContain(part);
  });

  test('without a licence fails the build', async () => {
    install('bare', { license: 'MIT', main: 'index.js' }, code);
    const folders = await bundled(['bare']);
    expect([...folders]).toEqual([fs.realpathSync(path.join(folder, 'node_modules/bare'))]);
    expect(() => writeLicences(licences, folders, [])).toThrow(
      'bare@1.2.3 is bundled without a licence text',
    );
  });
});

test('the package of any module is found', () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
  const scoped = fc.oneof(
    name,
    fc.tuple(name, name).map(([scope, own]) => `@${scope}/${own}`),
  );
  const parts = fc.record({
    nul: fc.constantFrom('', '\0'),
    query: fc.constantFrom('', '?svelte&type=style', '?commonjs-module'),
    outer: fc.option(scoped, { nil: undefined }),
    inner: scoped,
    file: fc.array(name, { minLength: 1, maxLength: 3 }),
  });
  fc.assert(
    fc.property(parts, ({ nul, query, outer, inner, file }) => {
      const at = `/home/user/${outer === undefined ? '' : `node_modules/${outer}/`}node_modules/${inner}`;
      expect(packageFolder(`${nul}${at}/${file.join('/')}.js${query}`)).toBe(at);
    }),
  );
  for (const own of ['/home/user/src-main/main.ts', '\0rolldown/runtime.js', 'node:fs', 'electron'])
    expect(packageFolder(own)).toBeUndefined();
});

test('a package beside the bundles brings what it depends on, as Node would find it', () => {
  install('app', { dependencies: { one: '1' }, optionalDependencies: { absent: '1' } });
  install('one', { dependencies: { two: '1', app: '1' } });
  install('two', { version: '1.0.0' });
  install('one/node_modules/two', { name: 'two', version: '2.0.0' });
  install('unused', {});
  const found = shippedFolders(folder, ['app']).map((at) =>
    path.relative(folder, at).replaceAll(path.sep, '/'),
  );
  expect(found).toEqual(['node_modules/app', 'node_modules/one', 'node_modules/one/node_modules/two']);
});

test('a bill of materials names each licence as CycloneDX wants it', () => {
  const licences = (licence: string) =>
    sbomOf({ name: 'app', version: '1', license: 'MIT' }, [
      { name: 'part', version: '1', licence, text: '', kind: 'package' },
    ]).components[0]?.licenses;
  for (const id of ['MIT', 'Apache-2.0', 'OFL-1.1', '0BSD', 'blessing', 'BSD-3-Clause'])
    expect(licences(id)).toEqual([{ license: { id } }]);
  for (const expression of [
    '(MIT OR CC0-1.0)',
    'MIT AND ZPL-2.1',
    'GPL-2.0-only WITH Classpath-exception-2.0',
  ])
    expect(licences(expression)).toEqual([{ expression }]);
  for (const name of ['MIT AND others', 'as it pleases you'])
    expect(licences(name)).toEqual([{ license: { name } }]);
});
