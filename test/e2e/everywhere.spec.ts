import { execFile } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import { electronPlace, launch, ready, test } from './app.ts';
import { faults, resize } from './looks.ts';

const project = path.join(import.meta.dirname, '../..');

test('the menu speaks the window’s language and its commands work; zoom and window come back', async ({
  data,
}) => {
  const first = await launch(data);
  const { electron, window } = first;
  await ready(window);
  const choose = (id: string) =>
    electron.evaluate(({ Menu }, item) => void Menu.getApplicationMenu()?.getMenuItemById(item)?.click(), id);
  const labels = () =>
    electron.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label));
  expect(await labels()).toEqual(['File', 'Edit', 'View', 'Window', 'Help']);
  await choose('palette');
  await window.keyboard.type('language 简体中文');
  await window.keyboard.press('Enter');
  await expect.poll(labels).toEqual(['文件', '编辑', '视图', '窗口', '帮助']);
  await choose('theme-dark');
  await expect(window.locator('html')).toHaveAttribute('data-theme', 'dark');
  await choose('shortcuts');
  await expect(window.getByTestId('shortcut-sheet')).toContainText('Ctrl Shift P');
  expect(await faults(window)).toEqual([]);
  await choose('view-settings');
  await expect(window.getByTestId('shortcut-sheet')).toBeHidden();
  await expect(window.getByTestId('zoom')).toHaveText('100%');

  await window.keyboard.press('Control+=');
  await choose('zoom-in');
  await expect(window.getByTestId('zoom')).toHaveText('125%');
  await expect.poll(() => window.evaluate(() => devicePixelRatio)).toBeCloseTo(1.25);
  await resize(first, 800, 620);
  await electron.close();

  const second = await launch(data);
  await expect.poll(() => second.window.evaluate(() => devicePixelRatio)).toBeCloseTo(1.25);
  const size = await second.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getContentSize(),
  );
  expect(size).toEqual([800, 620]);
  await second.window.keyboard.press('Control+0');
  await expect.poll(() => second.window.evaluate(() => devicePixelRatio)).toBe(1);
  await second.electron.close();
});

test('one instance, no spell check by itself, Enter as it was set, no motion where none is wanted', async ({
  app: { electron, window },
  data,
}) => {
  const spelling = await electron.evaluate(({ session }) => session.defaultSession.isSpellCheckerEnabled());
  expect(spelling).toBe(false);
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  await promisify(execFile)(electronPlace().executable, [...root, project], {
    env: { ...process.env, FOREDRAFT_DATA: data, ORT_DISABLE_TELEMETRY: '1' },
    timeout: 30_000,
  });
  expect(await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);

  await window.emulateMedia({ reducedMotion: 'reduce', contrast: 'more' });
  await expect(window.locator('html')).toHaveAttribute('data-contrast', 'more');
  await window.keyboard.press('Control+,');
  await window.getByRole('radio', { name: 'Sends' }).press('Space');
  await expect(window.getByTestId('spell-check-text')).toContainText('Off, nothing is fetched.');
  expect(await faults(window)).toEqual([]);
  await window.keyboard.press('Control+N');
  await window.keyboard.type('Name a');
  await window.keyboard.press('Shift+Enter');
  await window.keyboard.type('colour.');
  await window.keyboard.press('Enter');
  await expect(window.getByTestId('question')).toContainText('colour.');
  const moving = await window.evaluate(() =>
    document
      .getAnimations()
      .filter(({ effect }) => Number(effect?.getComputedTiming().activeDuration ?? 0) > 1)
      .map(({ id }) => id),
  );
  expect(moving).toEqual([]);
  await expect(window.getByTestId('answer')).toHaveAttribute('data-status', 'done', { timeout: 60_000 });
});
