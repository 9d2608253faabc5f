import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { ActionFigure } from '../../src-main/contract/rewrite/action-figures.ts';
import { writeActionFigures } from '../../src-main/runtime/action-figures-file.ts';
import { loadModel } from '../../src-main/runtime/load.ts';
import { readManifest } from '../../src-main/runtime/read-manifest.ts';
import { defaultModelDirectory } from './default-model.ts';

const adapter = readManifest(defaultModelDirectory).adapter?.sha256 ?? null;
const figure: ActionFigure = {
  ...{ action: 'formal', language: 'en', adapter },
  ...{ passages: 60, usable: 50, exact: null, harmful: 1 },
};

/** The card of the default model in a folder with what `prepare` adds. */
async function cardWith(prepare: (folder: string) => void) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-figures-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true }));
  const ofModel = fs.readdirSync(defaultModelDirectory).filter((name) => name !== 'actions.json');
  for (const name of ofModel) fs.symlinkSync(path.join(defaultModelDirectory, name), path.join(folder, name));
  prepare(folder);
  const model = await loadModel(folder, 'cpu');
  onTestFinished(() => model.close());
  return model.card;
}

test('a model’s card has the figures that were measured with its adapter', async () => {
  const others = [
    { ...figure, adapter: '0'.repeat(64) },
    ...(adapter === null ? [] : [{ ...figure, adapter: null }]),
  ];
  const card = await cardWith((folder) => writeActionFigures(folder, [...others, figure]));
  expect([card.actions, card.actionsFault]).toEqual([[figure], null]);
});

test('a broken file is ignored and reported on the card; without a file there is nothing', async () => {
  const broken = await cardWith((folder) => fs.writeFileSync(path.join(folder, 'actions.json'), '{'));
  expect(broken.actions).toEqual([]);
  expect(broken.actionsFault).toMatch(/actions\.json is ignored/);
  const none = await cardWith(() => undefined);
  expect([none.actions, none.actionsFault]).toEqual([[], null]);
});
