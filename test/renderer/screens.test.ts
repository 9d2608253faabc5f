import { beforeAll, expect, test, vi } from 'vitest';
import { menuCommands } from '../../src-main/contract/menu-commands.ts';
import { screenIds } from '../../src-main/contract/screens.ts';
import { AppState } from '../../src-renderer/app-state.ts';
import { paletteCommands } from '../../src-renderer/state/shell/palette.ts';
import { shellKeyboard } from '../../src-renderer/state/shell/keyboard.ts';
import type { Screen } from '../../src-renderer/state/shell/screen.ts';
import { FakeApi } from './fake-api.ts';

const app = new AppState(new FakeApi({}), () => 0, 'en');
let screens: readonly Screen[];

beforeAll(async () => {
  // Node has no style sheets; Chart.svelte creates one when it is imported.
  vi.stubGlobal(
    'CSSStyleSheet',
    class {
      replaceSync() {}
    },
  );
  vi.stubGlobal('document', { adoptedStyleSheets: [] });
  screens = (await import('../../src-renderer/screens.ts')).screensOf(app);
  vi.unstubAllGlobals();
}, 60_000);

test('the registry lists every screen, in the order of the rail', () => {
  expect(screens.map(({ id }) => id)).toEqual(screenIds);
});

test('the window has every command of the application menu, each once', () => {
  // Overlays adds the first two.
  const ids = ['palette', 'shortcuts', ...paletteCommands(app.shell, screens).map(({ id }) => id)];
  expect(menuCommands.filter((command) => !ids.includes(command))).toEqual([]);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test('the palette switches to every screen', () => {
  for (const id of [...screenIds].reverse()) {
    paletteCommands(app.shell, screens)
      .find((command) => command.id === `screen-${id}`)
      ?.run();
    expect(app.shell.screen).toBe(id);
  }
});

test('title and keys refer to the work of the screen shown', () => {
  const screen = (id: string) => screens.find((candidate) => candidate.id === id);
  app.compare.view = 'leaderboard';
  screen('compare')?.work.startNew();
  expect(app.compare.view).toBe('new');
  screen('settings')?.work.startNew();
  expect(app.shell.screen).toBe('write');
  expect(screen('compare')?.work.stop).toBeNull();
});

test('the palette shows the keys of its commands, all of which the keyboard reference has', () => {
  app.shell.screen = 'write';
  const rows = [shellKeyboard(), ...screens.flatMap(({ keyboard }) => keyboard())].flatMap(
    ({ rows }) => rows,
  );
  const keys = new Map(paletteCommands(app.shell, screens).map((command) => [command.id, command.keys]));
  expect(keys.get('new')).toBe('Ctrl+N');
  expect(keys.get('document-show')).toBe('Ctrl+Shift+D');
  expect(keys.get('screen-settings')).toBe('Ctrl+,');
  expect(keys.get('screen-write')).toBeUndefined();
  const shown = [...keys.values()].filter((written) => written !== undefined);
  expect(shown.filter((written) => !rows.some((row) => row.keys === written))).toEqual([]);
  // Ctrl+N starts a comparison there.
  app.shell.screen = 'compare';
  expect(paletteCommands(app.shell, screens).find(({ id }) => id === 'new')?.keys).toBeUndefined();
});
