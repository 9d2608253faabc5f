import {
  contrasts,
  languages,
  readingWidths,
  textSizes,
  themes,
} from '../../../src-main/contract/settings.ts';
import type { PlainMessageKey } from '../../../src-main/messages/message.ts';
import { nextZoom } from './next-zoom.ts';
import type { Command } from './commands.ts';
import type { Screen } from './screen.ts';
import { shortcut } from './shortcut.ts';
import type { ShellState } from './shell-state.svelte.ts';

const sizeNames = {
  small: 'text-small',
  medium: 'text-medium',
  large: 'text-large',
  largest: 'text-largest',
} as const;

const zoomKeys = { in: '+', out: '−', reset: '0' } as const;

/** The entries of the command palette: those of every screen, a switch to each screen, and the preferences. */
export function paletteCommands(shell: ShellState, screens: readonly Screen[]): readonly Command[] {
  const switches = screens.map(({ id }) => ({
    id: `screen-${id}`,
    name: shell.language.text(`screen-${id}`),
    ...(id === 'settings' ? { keys: shortcut(',') } : {}),
    run: () => void (shell.screen = id),
  }));
  return [...screens.flatMap(({ commands }) => commands()), ...switches, ...shellCommands(shell)];
}

function shellCommands({ language, preferences, engine }: ShellState): readonly Command[] {
  const choice = (setting: PlainMessageKey, value: PlainMessageKey) =>
    `${language.text(setting)}: ${language.text(value)}`;
  return [
    ...themes.map((theme) => ({
      id: `theme-${theme}`,
      name: choice('setting-theme', `theme-${theme}`),
      run: () => void preferences.change({ theme }),
    })),
    ...contrasts.map((contrast) => ({
      id: `contrast-${contrast}`,
      name: choice('setting-contrast', `contrast-${contrast}`),
      run: () => void preferences.change({ contrast }),
    })),
    ...textSizes.map((textSize) => ({
      id: `text-${textSize}`,
      name: choice('setting-text-size', sizeNames[textSize]),
      run: () => void preferences.change({ textSize }),
    })),
    ...readingWidths.map((readingWidth) => ({
      id: `width-${readingWidth}`,
      name: choice('setting-reading-width', `width-${readingWidth}`),
      run: () => void preferences.change({ readingWidth }),
    })),
    ...(['in', 'out', 'reset'] as const).map((direction) => ({
      id: `zoom-${direction}`,
      name: choice('setting-zoom', `zoom-${direction}`),
      keys: shortcut(zoomKeys[direction]),
      run: () => void preferences.change({ zoom: nextZoom(preferences.value.zoom, direction) }),
    })),
    ...[true, false].map((enterSends) => ({
      id: enterSends ? 'enter-sends' : 'enter-new-line',
      name: choice('setting-enter', enterSends ? 'enter-sends' : 'enter-new-line'),
      run: () => void preferences.change({ enterSends }),
    })),
    ...languages.map((value) => ({
      id: `language-${value}`,
      name: `${language.text('setting-language')}: ${language.nameOf(value)}`,
      run: () => void preferences.change({ language: value }),
    })),
    { id: 'restart', name: language.text('restart-engine'), run: () => void engine.restart() },
  ];
}
