import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { replaceFolder } from '../../src-main/convert/model-folder.ts';

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

test('restores the existing model if the new one cannot replace it', async () => {
  await replaceFolder(target, write('earlier'));
  const vanish = async (folder: string) => fs.rmSync(folder, { recursive: true });
  await expect(replaceFolder(target, vanish)).rejects.toMatchObject({ code: 'file-failed' });
  expect(written()).toBe('earlier');
  expect(fs.readdirSync(parent)).toEqual(['model']);
});

test('removes temporary folders of dead processes, not of live ones', async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  const foreign = [`model.new-${process.ppid}`, `other.new-${pid}`, `model.new-${pid}x`, 'model.new-'];
  for (const name of [`model.new-${pid}`, `model.old-${pid}`, ...foreign])
    fs.mkdirSync(path.join(parent, name, 'inside'), { recursive: true });
  await replaceFolder(target, write('new'));
  expect(written()).toBe('new');
  expect(fs.readdirSync(parent).sort()).toEqual(['model', ...foreign].sort());
});

test('a failure does not lose a model that a killed process had moved aside', async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  await replaceFolder(target, write('earlier'));
  fs.renameSync(target, `${target}.old-${pid}`);
  await expect(replaceFolder(target, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(written()).toBe('earlier');
});

test('reports a disk that fills up and leaves no partial folder', async () => {
  await replaceFolder(target, write('earlier'));
  const fill = async (folder: string) => {
    fs.writeFileSync(path.join(folder, 'model.onnx.data'), 'half');
    throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  };
  await expect(replaceFolder(target, fill)).rejects.toMatchObject({ code: 'disk-full' });
  expect(written()).toBe('earlier');
  expect(fs.readdirSync(parent)).toEqual(['model']);
});
