import { languages, readingWidths, textSizes, themes } from '../../../src-main/contract/settings.ts';
import type { MessageKey } from '../../messages/message.ts';
import { builtInPresets } from '../write/built-in-presets.ts';
import { conversationCommands } from '../write/conversation-commands.ts';
import { nextZoom } from './next-zoom.ts';
import { strategyPresetNames } from '../../messages/strategy-preset-names.ts';
import { strategyOf, strategyPresets } from '../strategy/strategy-presets.ts';
import type { Workspace } from './workspace.svelte.ts';

/** Something that can be done from anywhere. */
export interface Command {
  readonly id: string;
  /** In words of the window's language. */
  readonly name: string;
  readonly run: () => void;
}

const themeNames = { system: 'theme-system', light: 'theme-light', dark: 'theme-dark' } as const;
const sizeNames = {
  small: 'text-small',
  medium: 'text-medium',
  large: 'text-large',
  largest: 'text-largest',
} as const;
const widthNames = { narrow: 'width-narrow', medium: 'width-medium', wide: 'width-wide' } as const;
const languageNames = { system: 'language-system', en: 'language-en', 'zh-CN': 'language-zh-CN' } as const;
const viewNames = { write: 'view-write', compare: 'view-compare', settings: 'view-settings' } as const;

/** All that can be done now, what is done most often first; `showShortcuts` opens the list of keys. */
export function commandsOf(workspace: Workspace, showShortcuts: () => void): readonly Command[] {
  const { language, preferences, engine } = workspace;
  const text = (key: MessageKey): string => language.text(key as 'views');
  const choice = (setting: MessageKey, value: MessageKey) => `${text(setting)}: ${text(value)}`;
  const views = (['write', 'compare', 'settings'] as const).map((view) => ({
    id: `view-${view}`,
    name: text(viewNames[view]),
    run: () => void (workspace.view = view),
  }));
  return [
    { id: 'new', name: text('new-conversation'), run: () => workspace.startNew() },
    ...(workspace.answers.any
      ? [{ id: 'stop', name: text('shortcut-stop'), run: () => void workspace.stop() }]
      : []),
    ...(workspace.view === 'write' ? composerCommands(workspace) : []),
    ...conversationCommands(workspace),
    ...views,
    ...workspace.conversations.slice(0, 50).map(({ id, title }) => ({
      id: `open-${id}`,
      name: language.text('command-open', { title: title === '' ? text('new-conversation') : title }),
      run: () => void workspace.open(id),
    })),
    ...themes.map((theme) => ({
      id: `theme-${theme}`,
      name: choice('setting-theme', themeNames[theme]),
      run: () => void preferences.change({ theme }),
    })),
    ...(['system', 'more'] as const).map((contrast) => ({
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
      name: choice('setting-reading-width', widthNames[readingWidth]),
      run: () => void preferences.change({ readingWidth }),
    })),
    ...(['in', 'out', 'reset'] as const).map((direction) => ({
      id: `zoom-${direction}`,
      name: choice('setting-zoom', `zoom-${direction}`),
      run: () => void preferences.change({ zoom: nextZoom(preferences.value.zoom, direction) }),
    })),
    ...[true, false].map((enterSends) => ({
      id: enterSends ? 'enter-sends' : 'enter-new-line',
      name: choice('setting-enter', enterSends ? 'enter-sends' : 'enter-new-line'),
      run: () => void preferences.change({ enterSends }),
    })),
    ...languages.map((value) => ({
      id: `language-${value}`,
      name: choice('setting-language', languageNames[value]),
      run: () => void preferences.change({ language: value }),
    })),
    { id: 'restart', name: text('restart-engine'), run: () => void engine.restart() },
    { id: 'shortcuts', name: text('settings-keyboard'), run: showShortcuts },
  ];
}

function composerCommands(workspace: Workspace): readonly Command[] {
  const { language, attachments, presets, settings, conversation } = workspace;
  const preset = (id: string, name: string, systemPrompt: string): Command => ({
    id: `preset-${id}`,
    name: language.text('preset-command', { name }),
    run: () => void workspace.setSystemPrompt(systemPrompt),
  });
  return [
    { id: 'attach', name: language.text('attach'), run: () => attachments.request() },
    ...strategyPresets.map((way) => ({
      id: `strategy-${way.id}`,
      name: language.text('strategy-preset-command', { name: language.text(strategyPresetNames[way.id][0]) }),
      run: () => {
        const strategy = strategyOf(way, settings.of(conversation).strategy);
        settings.change(conversation, { strategy, versions: way.versions });
      },
    })),
    ...builtInPresets.map(({ id, name, text }) =>
      preset(id, language.text(name), text === null ? '' : language.text(text)),
    ),
    ...presets.own.map(({ id, name, systemPrompt }) => preset(id, name, systemPrompt)),
  ];
}

/** The commands whose names hold every word of `query`, those that begin with it first. */
export function matchingCommands(commands: readonly Command[], query: string): readonly Command[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const found = commands.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)));
  const first = words[0];
  if (first === undefined) return found;
  const begins = ({ name }: Command) => name.toLowerCase().startsWith(first);
  return [...found.filter(begins), ...found.filter((command) => !begins(command))];
}
