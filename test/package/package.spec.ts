import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { _electron as electron, expect, test } from '@playwright/test';
import type { Manifest } from '../../native/manifest.ts';
import { manifestFile, sha256 } from '../../native/manifest.ts';
import { cleanEnvironment, packageApp, sandboxOptions } from './packaged.ts';

test.skip(process.platform !== 'linux', 'tests the unpacked app of Linux');
let folder = '';
test.beforeAll(() => {
  folder = packageApp('--test-build');
});

test('the packaged app starts and answers', async () => {
  test.setTimeout(300_000);
  const { env, data } = cleanEnvironment();
  const app = await electron.launch({
    executablePath: path.join(folder, 'foredraft'),
    args: sandboxOptions,
    cwd: os.tmpdir(),
    // A library to load, which only the app in the source tree takes from the environment.
    env: { ...env, FOREDRAFT_SQLITE_BINDING: '/nowhere/any.node' },
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
  const model = path.join(models, 'smollm2-135m-instruct');
  const { files, adapter } = JSON.parse(fs.readFileSync(path.join(model, 'model.json'), 'utf8')) as {
    files: Record<string, string>;
    adapter: { name: string } | null;
  };
  expect(fs.readdirSync(model)).toEqual(expect.arrayContaining(Object.keys(files)));
  const graphs = ['model.onnx', 'model.onnx.data', 'operators.onnx', 'operators.onnx.data'];
  expect(Object.keys(files)).toEqual(expect.arrayContaining(graphs));
  expect(adapter?.name).toBe('editor');
});
