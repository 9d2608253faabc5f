import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  chooseInstalledModel,
  defaultModelId,
  findModels,
  modelRoots,
} from '../../src-main/library/installed-models.ts';

let root: string;
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-models-'));
});
afterEach(() => fs.rmSync(root, { recursive: true }));

/** Writes a model.json with `content` to a folder below the root. */
function install(folder: string, content: unknown): string {
  const directory = path.join(root, folder);
  fs.mkdirSync(directory, { recursive: true });
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  fs.writeFileSync(path.join(directory, 'model.json'), text);
  return directory;
}

describe('modelRoots', () => {
  test('is only the chosen folder if there is one', () => {
    expect(modelRoots('/chosen', '/resources', '/app')).toEqual([path.resolve('/chosen')]);
  });

  test('is the packaged models, then the models folder of the source', () => {
    const beside = path.join('/app', 'models');
    expect(modelRoots(undefined, '/resources', '/app')).toEqual([path.join('/resources', 'models'), beside]);
    expect(modelRoots(undefined, undefined, '/app')).toEqual([beside]);
  });
});

describe('chooseInstalledModel', () => {
  test('returns the default model if it is installed', async () => {
    const other = { id: 'a', name: 'A', directory: install('a', { id: 'a', name: 'A' }) };
    const directory = install('z', { id: defaultModelId, name: 'Default' });
    const chosen = { id: defaultModelId, name: 'Default', directory };
    expect(await chooseInstalledModel([root])).toEqual({ ...chosen, installed: [other, chosen] });
  });

  test('otherwise returns the first one by folder name', async () => {
    install('b', { id: 'b', name: 'B' });
    install('a', { id: 'a', name: 'A' });
    expect((await chooseInstalledModel([root])).id).toBe('a');
  });

  test('accepts a root that is a model folder', async () => {
    const directory = install('only', { id: 'only', name: 'Only' });
    expect((await chooseInstalledModel([directory])).directory).toBe(directory);
  });

  test('follows symbolic links', async () => {
    const elsewhere = install('elsewhere/model', { id: 'linked', name: 'Linked' });
    fs.mkdirSync(path.join(root, 'models'));
    fs.symlinkSync(elsewhere, path.join(root, 'models', 'link'), 'junction');
    expect((await chooseInstalledModel([path.join(root, 'models')])).id).toBe('linked');
  });

  test('without a model, throws an error that names the folders and a remedy', async () => {
    const nowhere = path.join(root, 'nowhere');
    await expect(chooseInstalledModel([nowhere, root])).rejects.toMatchObject({ code: 'model-missing' });
    await expect(chooseInstalledModel([nowhere, root])).rejects.toThrow(
      `${nowhere} or ${root}: copy a converted`,
    );
  });
});

describe('findModels', () => {
  test('skips everything that is not a model', async () => {
    fs.writeFileSync(path.join(root, 'smollm2.json'), '{"id":"manifest","name":"not installed"}');
    fs.mkdirSync(path.join(root, 'empty'));
    fs.mkdirSync(path.join(root, 'folder', 'model.json'), { recursive: true });
    install('cut', '{"id":"cut","na');
    install('null', 'null');
    install('unnamed', { id: 'unnamed' });
    install('numbered', { id: 5, name: 'Five' });
    install('good', { id: 'good', name: 'Good' });
    expect((await findModels([root])).map(({ id }) => id)).toEqual(['good']);
  });

  test('returns each id once, from the first root that has it', async () => {
    const first = install('one/model', { id: 'same', name: 'First' });
    install('two/model', { id: 'same', name: 'Second' });
    install('two/other', { id: 'other', name: 'Other' });
    const found = await findModels([path.join(root, 'one'), path.join(root, 'two')]);
    expect(found.map(({ id }) => id)).toEqual(['same', 'other']);
    expect(found[0]?.directory).toBe(first);
  });

  test('warns of different models with one id, and not of copies', async () => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const first = install('a', { id: 'same', name: 'A', files: { 'model.onnx': '1' } });
    install('b', { id: 'same', name: 'A, copied', files: { 'model.onnx': '1' } });
    await findModels([root]);
    expect(warn).not.toHaveBeenCalled();
    const other = install('c', { id: 'same', name: 'C', files: { 'model.onnx': '2' } });
    expect((await findModels([root])).map(({ directory }) => directory)).toEqual([first]);
    expect(warn).toHaveBeenCalledExactlyOnceWith(
      expect.stringContaining(`${first} and ${other} hold different`),
    );
    warn.mockRestore();
  });
});
