import type { MenuItemConstructorOptions } from 'electron';
import { expect, test, vi } from 'vitest';
import { menuTemplate } from '../../src-main/application-menu.ts';
import { menuCommands } from '../../src-main/contract/menu-commands.ts';
import { nativeWords } from '../../src-main/native-words.ts';

const run = vi.fn();
const template = (language: 'en' | 'zh-CN', mac = false) =>
  menuTemplate({ words: nativeWords(language, 'en'), theme: 'dark', mac, forDevelopers: false, run });
const leaves = (items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
  items.flatMap((item) => (Array.isArray(item.submenu) ? leaves(item.submenu) : [item]));

test.each([false, true])('the menu runs every command (mac: %s)', (mac) => {
  const items = leaves(template('en', mac)).filter(({ id }) => id !== undefined);
  for (const item of items) (item.click as unknown as () => void)();
  expect(new Set(run.mock.calls.flat())).toEqual(new Set(menuCommands));
  run.mockClear();
});

test('accelerators are unique, the current theme is checked, and every item has a label', () => {
  for (const mac of [false, true]) {
    const items = leaves(template('zh-CN', mac));
    const keys = items.flatMap(({ accelerator }) => accelerator ?? []);
    expect(new Set(keys).size).toBe(keys.length);
    expect(items.find(({ id }) => id === 'theme-dark')).toMatchObject({ type: 'radio', checked: true });
    expect(items.filter(({ type, label }) => type !== 'separator' && !label)).toEqual([]);
    expect(items.find(({ id }) => id === 'new')?.label).toBe('新建对话');
  }
});

test('the menu uses the system’s language unless one is set', () => {
  expect(nativeWords('system', 'zh-Hans-CN').file).toBe('文件');
  expect(nativeWords('system', 'de').file).toBe('File');
  expect(nativeWords('en', 'zh-CN').file).toBe('File');
});
