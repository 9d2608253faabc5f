import { execFile } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import { electronInstall, launch, ready, type RunningApp, test } from './app.ts';
import { axeViolations, resize } from './visual-checks.ts';

const project = path.join(import.meta.dirname, '../..');

test('the menu uses the window’s language and runs its commands; zoom and window size are restored', async ({
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
  await expect(window.getByTestId('shortcut-sheet')).toContainText('Ctrl+Shift+P');
  expect(await axeViolations(window)).toEqual([]);
  await choose('screen-settings');
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

/** Presses a key as the system does: the page receives it before the menu. */
async function pressed({ electron }: RunningApp, accelerator: string): Promise<void> {
  await electron.evaluate(({ BrowserWindow }, keys) => {
    const contents = BrowserWindow.getAllWindows()[0]!.webContents;
    const parts = keys.split('+');
    const keyCode = parts.pop()!.replace('Plus', '+');
    const modifiers = parts.map((part) => (part === 'Shift' ? 'shift' : 'control') as 'shift' | 'control');
    for (const type of ['keyDown', 'keyUp'] as const) contents.sendInputEvent({ type, keyCode, modifiers });
  }, accelerator);
}

test('every menu command runs exactly once by its accelerator and by a click', async ({ app }) => {
  const { electron, window } = app;
  type Own = readonly { readonly id: string; readonly accelerator: string | null }[];
  const items = await electron.evaluate(({ Menu }): Own => {
    const all = (menu: Electron.Menu): Electron.MenuItem[] =>
      menu.items.flatMap((item) => (item.submenu ? [item, ...all(item.submenu)] : [item]));
    const own = all(Menu.getApplicationMenu()!).filter(({ id, role }) => id && !role);
    return own.map(({ id, accelerator }) => ({ id, accelerator: accelerator ? String(accelerator) : null }));
  });
  const shown = (id: string) => () => expect(window.getByTestId(id)).toBeVisible();
  const scaled = (ratio: number) => () =>
    expect.poll(() => window.evaluate(() => devicePixelRatio)).toBeCloseTo(ratio);
  const themed = (theme: string) => () => expect(window.locator('html')).toHaveAttribute('data-theme', theme);
  const enlarge = async () => {
    await window.keyboard.press('Control+=');
    await scaled(1.1)();
  };
  const follows: Record<string, () => Promise<void>> = {
    'screen-settings': shown('zoom'),
    new: () => expect(window.getByTestId('composer')).toBeFocused(),
    'screen-compare': shown('compare-prompt'),
    'screen-write': shown('composer'),
    palette: shown('command-palette'),
    shortcuts: shown('shortcut-sheet'),
    'zoom-in': scaled(1.1),
    'zoom-out': scaled(0.9),
    'zoom-reset': scaled(1),
    'theme-dark': themed('dark'),
    'theme-light': themed('light'),
    'theme-system': themed('light'),
  };
  expect(items.map(({ id }) => id).sort()).toEqual(Object.keys(follows).sort());
  for (const [id, seen] of Object.entries(follows)) {
    const accelerator = items.find((item) => item.id === id)!.accelerator;
    const click = () =>
      electron.evaluate(
        ({ Menu }, item) => void Menu.getApplicationMenu()?.getMenuItemById(item)?.click(),
        id,
      );
    for (const run of [...(accelerator === null ? [] : [() => pressed(app, accelerator)]), click]) {
      if (id === 'zoom-reset') await enlarge();
      await run();
      await seen();
      if (await window.locator('dialog[open]').count()) await window.keyboard.press('Escape');
      await expect(window.locator('dialog[open]')).toHaveCount(0);
      if (!id.startsWith('zoom-')) continue;
      await window.keyboard.press('Control+0');
      await scaled(1)();
    }
  }
});

test('single instance, spell check off by default, configurable Enter key, reduced motion', async ({
  app: { electron, window },
  data,
}) => {
  const spelling = await electron.evaluate(({ session }) => session.defaultSession.isSpellCheckerEnabled());
  expect(spelling).toBe(false);
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  await promisify(execFile)(electronInstall().executable, [...root, project], {
    env: { ...process.env, FOREDRAFT_DATA: data, ORT_DISABLE_TELEMETRY: '1' },
    timeout: 30_000,
  });
  expect(await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);

  await window.emulateMedia({ reducedMotion: 'reduce', contrast: 'more' });
  await expect(window.locator('html')).toHaveAttribute('data-contrast', 'more');
  await window.keyboard.press('Control+,');
  await window.getByRole('radio', { name: 'Send message' }).press('Space');
  await expect(window.getByTestId('spell-check-text')).toContainText('Off: nothing is downloaded.');
  expect(await axeViolations(window)).toEqual([]);
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
