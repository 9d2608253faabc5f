import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { _electron as electron, expect, test } from '@playwright/test';
import type { Manifest } from '../../native/manifest.ts';
import { manifestFile, sha256 } from '../../native/manifest.ts';

const project = path.join(import.meta.dirname, '../..');
const folder = path.join(project, 'release/linux-unpacked');

test('the packaged app starts and answers', async () => {
  test.skip(process.platform !== 'linux', 'tests the unpacked app of Linux');
  test.setTimeout(300_000);
  execFileSync(process.execPath, [path.join(project, 'scripts/package.mjs')], {
    cwd: project,
    stdio: 'inherit',
  });
  const data = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-package-'));
  // Without FOREDRAFT_ variables, so that the package must find its own files.
  const environment = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined || name.startsWith('FOREDRAFT_') ? [] : [[name, value] as const],
  );
  const app = await electron.launch({
    executablePath: path.join(folder, 'foredraft'),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    cwd: os.tmpdir(),
    env: { ...Object.fromEntries(environment), FOREDRAFT_DATA: data },
  });
  const window = await app.firstWindow();
  await window.locator('[data-testid="status-line"][data-state="ready"]').waitFor({ timeout: 60_000 });
  expect(await app.evaluate(({ app: packaged }) => packaged.isPackaged)).toBe(true);
  await window.getByTestId('composer').fill('Say hello.');
  await window.getByTestId('send').click();
  await expect(window.getByTestId('answer')).toHaveAttribute('data-status', 'done', { timeout: 60_000 });
  // The operators' library was found and loaded.
  await window.getByTestId('open-settings').click();
  const kernels = window.getByTestId('model-facts').locator('dt:text-is("Kernels") + dd');
  await expect(kernels).toHaveText(/^Foredraft \(.+\)$/);
  await app.close();
  fs.rmSync(data, { recursive: true, force: true });
});

test('the package contains the libraries of one platform, their licences and no sources', () => {
  test.skip(process.platform !== 'linux', 'tests the unpacked app of Linux');
  const unpacked = path.join(folder, 'resources/app.asar.unpacked');
  const runtimes = fs.readdirSync(path.join(unpacked, 'node_modules/onnxruntime-node/bin/napi-v6'));
  expect(runtimes).toEqual(['linux']);
  const native = path.join(unpacked, 'native');
  const platform = `linux-${process.arch}`;
  expect(fs.readdirSync(native, { recursive: true }).sort()).toEqual([
    'LICENSE.mingw-w64',
    'LICENSE.onnxruntime',
    'LICENSE.zig',
    'lib',
    `lib/${platform}`,
    `lib/${platform}/libforedraft.so`,
  ]);
  const manifest = JSON.parse(fs.readFileSync(manifestFile, 'utf8')) as Manifest;
  const library = `${platform}/libforedraft.so`;
  expect(sha256(fs.readFileSync(path.join(native, 'lib', library)))).toBe(
    manifest.libraries[library]?.sha256,
  );
  const models = path.join(folder, 'resources/models');
  expect(fs.readdirSync(models)).toEqual(['smollm2-135m-instruct']);
  const graphs = ['model.onnx', 'model.onnx.data', 'operators.onnx', 'operators.onnx.data'];
  expect(fs.readdirSync(path.join(models, 'smollm2-135m-instruct'))).toEqual(expect.arrayContaining(graphs));
});
