import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { listPackage } from '@electron/asar';
import type { Sbom } from '../../scripts/licences/sbom.mjs';
import { readFuses, unshippable } from '../../scripts/package/fuses.mjs';
import { electronInstall } from '../e2e/app.ts';
import { cleanEnvironment, packageApp, project, sandboxOptions } from './packaged.ts';

test.skip(process.platform !== 'linux', 'tests the unpacked app of Linux');
let folder = '';
let executable = '';
test.beforeAll(() => {
  folder = packageApp();
  executable = path.join(folder, 'foredraft');
});

test('the fuses of the binary are as shipped', () => {
  const { grantFileProtocolExtraPrivileges = false, ...fuses } = readFuses(executable);
  expect({ ...fuses, grantFileProtocolExtraPrivileges }).toEqual({
    runAsNode: false,
    enableCookieEncryption: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  });
  expect(unshippable(readFuses(executable))).toBeUndefined();
  // Negative control: Electron as it is distributed.
  const original = readFuses(electronInstall().executable);
  expect(original).toMatchObject({ runAsNode: true, enableNodeCliInspectArguments: true });
  expect(unshippable(original)).toContain('runAsNode');
});

test('the binary doesn’t run as Node', async () => {
  const { env, data } = cleanEnvironment();
  const made = path.join(data, 'made-by-node');
  const script = path.join(data, 'script.cjs');
  fs.writeFileSync(script, `require('node:fs').writeFileSync(${JSON.stringify(made)}, ''); process.exit()`);
  const asNode = (file: string) => {
    const options = { env: { ...env, ELECTRON_RUN_AS_NODE: '1' }, timeout: 8000, stdio: 'ignore' } as const;
    spawnSync(file, [script, ...sandboxOptions], options);
    return fs.existsSync(made);
  };
  expect(asNode(executable)).toBe(false);
  // Negative control.
  expect(asNode(electronInstall().executable)).toBe(true);
  fs.rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
});

const statusLine = `document.querySelector('[data-testid="status-line"]')`;

/** Evaluates expressions in the page of the app whose Chromium debugger listens at `host`. */
async function pageOf(host: string): Promise<(expression: string) => Promise<unknown>> {
  let url: string | undefined;
  await expect(async () => {
    const targets = (await (await fetch(`http://${host}/json/list`)).json()) as {
      type: string;
      webSocketDebuggerUrl: string;
    }[];
    url = targets.find(({ type }) => type === 'page')?.webSocketDebuggerUrl;
    expect(url).toBeDefined();
  }).toPass({ timeout: 60_000 });
  const socket = new WebSocket(url!);
  await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }));
  return async (expression) => {
    const reply = new Promise<MessageEvent>((resolve) =>
      socket.addEventListener('message', resolve, { once: true }),
    );
    socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression } }));
    const { result } = JSON.parse(String((await reply).data)) as { result?: { result: { value?: unknown } } };
    // There is no result while the page is loading.
    return result?.result.value;
  };
}

test('the shipped app answers, and no debugger of its main process listens', async () => {
  const { env, data } = cleanEnvironment();
  // Of the page, Chromium's own debugger.
  const args = [...sandboxOptions, '--inspect=0', '--remote-debugging-port=0'];
  const app = spawn(executable, args, { cwd: os.tmpdir(), env, stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  const address = await new Promise<string>((resolve, reject) => {
    app.once('exit', () => reject(new Error(`The app ended: ${log}`)));
    app.stderr.setEncoding('utf8').on('data', (text: string) => {
      log += text;
      const found = /DevTools listening on (ws:\S+)/.exec(log);
      if (found) resolve(found[1]!);
    });
  });
  const page = await pageOf(new URL(address).host);
  await expect.poll(() => page(`${statusLine}?.dataset.state`), { timeout: 60_000 }).toBe('ready');
  await page(`document.querySelector('[data-testid="composer"]').focus()`);
  await page(`document.execCommand('insertText', false, 'Say hello.')`);
  await page(`document.querySelector('[data-testid="send"]').click()`);
  const status = `document.querySelector('[data-testid="answer"]')?.dataset.status`;
  await expect.poll(() => page(status), { timeout: 60_000 }).toBe('done');
  expect(log).not.toContain('Debugger listening');
  const ended = new Promise((resolve) => app.once('exit', resolve));
  app.kill();
  await ended;
  fs.rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
});

test('a test build is marked, and never made into installers', () => {
  const build = packageApp('--test-build');
  const archive = fs.readFileSync(path.join(build, 'resources/app.asar'), 'latin1');
  expect(archive).toContain('"testBuild": true');
  expect(fs.readFileSync(path.join(folder, 'resources/app.asar'), 'latin1')).not.toContain('"testBuild"');
  expect(unshippable(readFuses(path.join(build, 'foredraft')))).toContain('enableNodeCliInspectArguments');
  const refused = spawnSync(
    process.execPath,
    [path.join(project, 'scripts/package.mjs'), '--installers', '--test-build'],
    { encoding: 'utf8' },
  );
  expect(refused.status).toBe(1);
  expect(refused.stderr).toContain('a test build accepts debuggers');
});

test('the notices and the bill of materials list every package that is shipped', () => {
  const licences = path.join(folder, 'resources/licences');
  expect(fs.readdirSync(licences).sort()).toEqual([
    'LICENSE.txt',
    'THIRD-PARTY-NOTICES.txt',
    'licences.json',
    'sbom.cdx.json',
  ]);
  const notices = fs.readFileSync(path.join(licences, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
  const { components } = JSON.parse(fs.readFileSync(path.join(licences, 'sbom.cdx.json'), 'utf8')) as Sbom;
  // What the bundles are made of, by their source maps, and what is beside them in the archive.
  const maps = fs
    .readdirSync(path.join(project, 'dist'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.map'));
  const sources = maps.flatMap((name) => {
    const text = fs.readFileSync(path.join(project, 'dist', name), 'utf8');
    return (JSON.parse(text) as { sources: string[] }).sources;
  });
  const packed = listPackage(path.join(folder, 'resources/app.asar'), { isPack: false });
  const packages = new Set(
    [...sources, ...packed].flatMap((file) => {
      const [, name] = /.*node_modules[\\/]((?:@[^\\/]+[\\/])?[^@\\/][^\\/]*)[\\/]/.exec(file) ?? [];
      return name === undefined ? [] : [name];
    }),
  );
  expect(packages.size).toBeGreaterThan(50);
  const other = ['Electron', 'Chromium, Node.js and their libraries', 'Libraries in ONNX Runtime', 'SQLite'];
  const fonts = ['inter', 'jetbrains-mono', 'source-serif-4'].map((font) => `@fontsource-variable/${font}`);
  for (const name of [...packages, ...other, ...fonts, 'SmolLM2 135M Instruct']) {
    expect(notices, name).toMatch(new RegExp(`^${name.replaceAll('.', '\\.')} \\S.*\\(.+\\)$`, 'm'));
    expect(components.map((component) => component.name)).toContain(name);
  }
  expect(fs.existsSync(path.join(folder, 'LICENSES.chromium.html'))).toBe(true);
  expect(components.every(({ version, licenses }) => version !== '' && licenses.length > 0)).toBe(true);
  const references = components.map((component) => component['bom-ref']);
  expect(new Set(references).size).toBe(components.length);
});
