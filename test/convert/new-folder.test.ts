import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fillFolder } from '../../src-main/convert/new-folder.ts';

let parent: string;
let target: string;

beforeEach(() => {
  parent = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-folder-'));
  target = path.join(parent, 'model');
});
afterEach(() => fs.rmSync(parent, { recursive: true, force: true }));

const write = (text: string) => async (folder: string) =>
  fs.writeFileSync(path.join(folder, 'model.json'), text);
const written = () => fs.readFileSync(path.join(target, 'model.json'), 'utf8');

test('an earlier model comes back where the new one can not take its place', async () => {
  await fillFolder(target, write('earlier'));
  const vanish = async (folder: string) => fs.rmSync(folder, { recursive: true });
  await expect(fillFolder(target, vanish)).rejects.toMatchObject({ code: 'file-failed' });
  expect(written()).toBe('earlier');
  expect(fs.readdirSync(parent)).toEqual(['model']);
});

test('what killed programs left is removed, what living ones work on is not', async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  const foreign = [`model.new-${process.ppid}`, `other.new-${pid}`, `model.new-${pid}x`, 'model.new-'];
  for (const name of [`model.new-${pid}`, `model.old-${pid}`, ...foreign])
    fs.mkdirSync(path.join(parent, name, 'inside'), { recursive: true });
  await fillFolder(target, write('new'));
  expect(written()).toBe('new');
  expect(fs.readdirSync(parent).sort()).toEqual(['model', ...foreign].sort());
});

test('a model that a killed program had moved aside is not lost to a failure', async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  await fillFolder(target, write('earlier'));
  fs.renameSync(target, `${target}.old-${pid}`);
  await expect(fillFolder(target, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(written()).toBe('earlier');
});

test('a disk that fills up is told as such, and nothing half-written stays', async () => {
  await fillFolder(target, write('earlier'));
  const fill = async (folder: string) => {
    fs.writeFileSync(path.join(folder, 'model.onnx.data'), 'half');
    throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  };
  await expect(fillFolder(target, fill)).rejects.toMatchObject({ code: 'disk-full' });
  expect(written()).toBe('earlier');
  expect(fs.readdirSync(parent)).toEqual(['model']);
});
