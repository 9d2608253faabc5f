import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readWindowState, writeWindowState } from '../../src-main/window-state.ts';
import { temporaryFolder } from '../database/temporary-folder.ts';

const screen = { x: 0, y: 0, width: 1920, height: 1080 };
const state = { bounds: { x: 100, y: 50, width: 1000, height: 700 }, maximized: false };
const file = () => path.join(temporaryFolder(), 'window.json');

test('a stored state is read back', () => {
  const place = file();
  writeWindowState(place, state);
  expect(readWindowState(place, [screen])).toEqual(state);
  writeWindowState(place, { ...state, maximized: true });
  expect(readWindowState(place, [screen])?.maximized).toBe(true);
  expect(fs.readdirSync(path.dirname(place))).toEqual(['window.json']);
});

test('the position on a disconnected screen is ignored', () => {
  const place = file();
  writeWindowState(place, { ...state, bounds: { ...state.bounds, x: 2500 } });
  expect(readWindowState(place, [screen])).toBeUndefined();
  expect(readWindowState(place, [screen, { ...screen, x: 1920 }])).toBeDefined();
});

test.each(['', '{', '[]', '{"bounds":{"x":0,"y":0,"width":"wide","height":1},"maximized":false}'])(
  'the corrupt file %j is ignored',
  (text) => {
    const place = file();
    fs.writeFileSync(place, text);
    expect(readWindowState(place, [screen])).toBeUndefined();
  },
);

test('a missing folder only loses the state', () => {
  const place = path.join(file(), 'deeper', 'window.json');
  expect(() => writeWindowState(place, state)).not.toThrow();
  expect(readWindowState(place, [screen])).toBeUndefined();
});
