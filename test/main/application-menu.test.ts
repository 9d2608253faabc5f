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

test.each([false, true])('the menu asks for every command of its own (mac: %s)', (mac) => {
  const asked = leaves(template('en', mac)).filter(({ id }) => id !== undefined);
  for (const item of asked) (item.click as unknown as () => void)();
  expect(new Set(run.mock.calls.flat())).toEqual(new Set(menuCommands));
  run.mockClear();
});

test('no key is given twice, the chosen theme is marked, and every item has words', () => {
  for (const mac of [false, true]) {
    const items = leaves(template('zh-CN', mac));
    const keys = items.flatMap(({ accelerator }) => accelerator ?? []);
    expect(new Set(keys).size).toBe(keys.length);
    expect(items.find(({ id }) => id === 'theme-dark')).toMatchObject({ type: 'radio', checked: true });
    expect(items.filter(({ type, label }) => type !== 'separator' && !label)).toEqual([]);
    expect(items.find(({ id }) => id === 'new')?.label).toBe('新建对话');
  }
});

test('the system’s language counts until another one is set', () => {
  expect(nativeWords('system', 'zh-Hans-CN').file).toBe('文件');
  expect(nativeWords('system', 'de').file).toBe('File');
  expect(nativeWords('en', 'zh-CN').file).toBe('File');
});
