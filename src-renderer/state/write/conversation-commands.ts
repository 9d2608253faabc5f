import type { Workspace } from '../shell/workspace.svelte.ts';

/** How many deleted conversations the palette offers to bring back, those deleted last. */
const restorable = 20;

/** What can be done with the conversation on the screen, and with the last deed. */
export function conversationCommands(workspace: Workspace) {
  const { language, shelf, deeds, view } = workspace;
  const shownTitle = (title: string) => (title === '' ? language.text('new-conversation') : title);
  const command = (id: string, name: string, run: () => unknown) => ({ id, name, run: () => void run() });
  const current = view === 'write' ? shelf.find(workspace.conversation.id ?? '') : undefined;
  const commands = [];
  if (deeds.current !== null) {
    const title = shownTitle(deeds.current.title.slice(0, 60));
    const names = {
      deleted: language.text('command-undo-delete', { title }),
      archived: language.text('command-undo-archive', { title }),
      discarded: language.text('command-undo-edit'),
    };
    commands.push(command('undo', names[deeds.current.kind], () => deeds.undo()));
  }
  if (current !== undefined) {
    const { id, starred, archived } = current;
    const title = shownTitle(current.title);
    const star = language.text(starred ? 'unstar-title' : 'star-title', { title });
    const archive = language.text(archived ? 'unarchive-title' : 'archive-title', { title });
    commands.push(
      command('outline', language.text('outline'), () => (workspace.asked = 'outline')),
      command('rename', language.text('rename-title', { title }), () => (workspace.asked = 'rename')),
      command('star', star, () => shelf.star(id, !starred)),
      command('archive', archive, () => shelf.archive(id, !archived)),
      command('delete', language.text('delete-title', { title }), () => workspace.remove(id)),
    );
  }
  const answer = workspace.conversation.path.filter(({ message }) => message.role === 'assistant').at(-1);
  if (view === 'write' && answer !== undefined) {
    commands.push(
      command('lens', language.text('shortcut-lens'), () => workspace.lens.toggle(answer.message)),
    );
  }
  const restores = shelf.deleted.slice(0, restorable).map(({ id, title }) =>
    command(`restore-${id}`, language.text('restore-title', { title: shownTitle(title) }), async () => {
      if (await shelf.restore(id)) await workspace.open(id);
    }),
  );
  return [...commands, ...restores];
}
