import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { isGood, type ActionFigure } from '../../src-main/contract/rewrite/action-figures.ts';
import { readActionFigures, writeActionFigures } from '../../src-main/runtime/action-figures-file.ts';

const figure: ActionFigure = {
  ...{ action: 'grammar', language: 'en', adapter: null },
  ...{ passages: 100, usable: 70, exact: 60, harmful: 5 },
};
let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'figures-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true }));
});

test('figures are read as they were written; a folder without them has none', () => {
  expect(readActionFigures(folder)).toEqual({ figures: [], fault: null });
  const figures = [figure, { ...figure, adapter: 'ab'.repeat(32), exact: null }];
  writeActionFigures(folder, figures);
  expect(readActionFigures(folder)).toEqual({ figures, fault: null });
  expect(fs.readdirSync(folder)).toEqual(['actions.json']);
});

const broken = (figures: unknown, version: unknown = 1) => JSON.stringify({ version, figures });
test.each([
  ['no text', ''],
  ['no JSON', '{'],
  ['another version', broken([], 2)],
  ['no list', broken({})],
  ['null', 'null'],
  ['an array', '[]'],
  ['a figure that is null', broken([null])],
  ['an unknown action', broken([{ ...figure, action: 'sing' }])],
  ['a built-in name', broken([{ ...figure, action: '__proto__' }])],
  ['an unknown language', broken([{ ...figure, language: 'de' }])],
  ['a missing field', broken([{ ...figure, usable: undefined }])],
  ['a negative count', broken([{ ...figure, harmful: -1 }])],
  ['a fraction', broken([{ ...figure, usable: 0.5 }])],
  ['a text for a count', broken([{ ...figure, usable: '70' }])],
  ['no passages', broken([{ ...figure, passages: 0, usable: 0, exact: 0, harmful: 0 }])],
  ['more texts than passages', broken([{ ...figure, usable: 99 }])],
  ['more exact texts than passages', broken([{ ...figure, exact: 101 }])],
  ['an infinite number', broken([figure]).replace('100', '1e999')],
  ['too many figures', broken(Array.from({ length: 1001 }, () => figure))],
  ['a file beyond any size', `${' '.repeat(1 << 20)}${broken([figure])}`],
])('a file with %s is ignored, and the fault says what to do', (_, text) => {
  fs.writeFileSync(path.join(folder, 'actions.json'), text);
  const { figures, fault } = readActionFigures(folder);
  expect(figures).toEqual([]);
  expect(fault).toMatch(/actions\.json is ignored \(.+\): delete it, or measure again/su);
});

test('a folder in place of the file, or bytes that are no text, are ignored, too', () => {
  fs.mkdirSync(path.join(folder, 'actions.json'));
  expect(readActionFigures(folder).fault).not.toBeNull();
  fs.rmdirSync(path.join(folder, 'actions.json'));
  fs.writeFileSync(path.join(folder, 'actions.json'), Buffer.from([0xff, 0xfe, 0x00]));
  expect(readActionFigures(folder).fault).not.toBeNull();
});

describe('a figure is good', () => {
  test.each([
    [{}, true],
    [{ usable: 69 }, false],
    [{ usable: 60, exact: 70 }, true],
    [{ harmful: 6 }, false],
    [{ exact: null }, true],
    [{ usable: 0, exact: null, harmful: 0 }, false],
  ])('with %j: %s', (part, good) => {
    expect(isGood({ ...figure, ...part })).toBe(good);
  });
});
