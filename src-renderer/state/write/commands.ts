import type { Command } from '../shell/commands.ts';
import { shortcut } from '../shell/shortcut.ts';
import type { ShellState } from '../shell/shell-state.svelte.ts';
import { strategyPresetNames } from '../strategy/strategy-preset-names.ts';
import { strategyOf, strategyPresets } from '../strategy/strategy-presets.ts';
import { builtInPresets } from './built-in-presets.ts';
import type { WriteState } from './write-state.svelte.ts';
import { firstCharacters } from '../../../src-main/contract/graphemes.ts';

/** Most conversations offered to open, and most deleted ones offered to restore. */
const [maxOpened, maxRestored] = [50, 20];

/** Commands on conversations, most frequent first. */
export function writeCommands(write: WriteState, shell: ShellState): readonly Command[] {
  const { language, screen } = shell;
  const titleOf = ({ title }: { readonly title: string }) =>
    title === '' ? language.text('new-conversation') : title;
  // In Compare, these keys are about comparisons.
  const keys = (written: string) => (screen === 'compare' ? {} : { keys: written });
  const restore = async (id: string) => {
    if (await write.list.restore(id)) await write.open(id);
  };
  return [
    {
      id: 'new',
      name: language.text('new-conversation'),
      ...keys(shortcut('N')),
      run: () => write.startNew(),
    },
    ...(write.runs.any('message')
      ? [{ id: 'stop', name: language.text('shortcut-stop'), ...keys('Esc'), run: () => void write.stop() }]
      : []),
    ...(screen === 'write' ? composerCommands(write, shell) : []),
    ...undoCommands(write, shell),
    ...(screen === 'write' ? conversationCommands(write, shell) : []),
    ...write.list.deleted.slice(0, maxRestored).map((summary) => ({
      id: `restore-${summary.id}`,
      name: language.text('restore-title', { title: titleOf(summary) }),
      run: () => void restore(summary.id),
    })),
    ...write.list.active.slice(0, maxOpened).map((summary) => ({
      id: `open-${summary.id}`,
      name: language.text('command-open', { title: titleOf(summary) }),
      run: () => void write.open(summary.id),
    })),
  ];
}

function composerCommands(write: WriteState, { language }: ShellState): readonly Command[] {
  const { attachments, presets, settings, conversation } = write;
  const preset = (id: string, name: string, systemPrompt: string): Command => ({
    id: `preset-${id}`,
    name: language.text('preset-command', { name }),
    run: () => write.setSystemPrompt(systemPrompt),
  });
  return [
    { id: 'attach', name: language.text('attach'), run: () => attachments.request() },
    ...strategyPresets.map((strategyPreset) => ({
      id: `strategy-${strategyPreset.id}`,
      name: language.text('strategy-preset-command', {
        name: language.text(strategyPresetNames[strategyPreset.id][0]),
      }),
      run: () => {
        const strategy = strategyOf(strategyPreset, conversation.settings.strategy);
        settings.change(conversation, { strategy, versions: strategyPreset.versions });
      },
    })),
    ...builtInPresets.map(({ id, name, text }) =>
      preset(id, language.text(name), text === null ? '' : language.text(text)),
    ),
    ...presets.custom.map(({ id, name, systemPrompt }) => preset(id, name, systemPrompt)),
  ];
}

function undoCommands({ undo }: WriteState, { language }: ShellState): readonly Command[] {
  const { current } = undo;
  if (current === null) return [];
  const title = current.title === '' ? language.text('new-conversation') : firstCharacters(current.title, 60);
  const names = {
    deleted: language.text('command-undo-delete', { title }),
    archived: language.text('command-undo-archive', { title }),
    discarded: language.text('command-undo-edit'),
  };
  return [{ id: 'undo', name: names[current.kind], run: () => void undo.undo() }];
}

/** Commands on the conversation shown. */
function conversationCommands(write: WriteState, { language }: ShellState): readonly Command[] {
  const { list, conversation } = write;
  const commands: Command[] = [];
  const command = (id: string, name: string, run: () => unknown, keys?: string) =>
    void commands.push({ id, name, ...(keys === undefined ? {} : { keys }), run: () => void run() });
  const summary = list.find(conversation.id ?? '');
  if (summary !== undefined) {
    const { id, starred, archived } = summary;
    const title = summary.title === '' ? language.text('new-conversation') : summary.title;
    command('outline', language.text('outline'), () => (write.requested = 'outline'), shortcut('O', 'shift'));
    command('rename', language.text('rename-title', { title }), () => (write.requested = 'rename'));
    command('star', language.text(starred ? 'unstar-title' : 'star-title', { title }), () =>
      list.star(id, !starred),
    );
    command('archive', language.text(archived ? 'unarchive-title' : 'archive-title', { title }), () =>
      list.archive(id, !archived),
    );
    command('delete', language.text('delete-title', { title }), () => write.remove(id));
  }
  const { leaf } = conversation;
  if (leaf !== null)
    command(
      'compare-prompt',
      language.text('compare-prompt'),
      () => write.comparePrompt(leaf.id),
      shortcut('M', 'shift'),
    );
  const answer = conversation.path.filter(({ message }) => message.role === 'assistant').at(-1);
  if (answer !== undefined)
    command('lens', language.text('shortcut-lens'), () => write.lens.toggle(answer.message), shortcut('L'));
  return commands;
}
