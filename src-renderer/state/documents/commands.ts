import type { Command } from '../shell/commands.ts';
import { shortcut } from '../shell/shortcut.ts';
import type { ShellState } from '../shell/shell-state.svelte.ts';
import { builtInActions } from './actions.ts';
import { customShortcut } from './action-menu.ts';
import { documentTitle } from './document-title.ts';
import type { DocumentsState } from './documents-state.svelte.ts';

/** Most documents offered to open. */
const maxOpened = 50;

/** Commands on documents; each shows the Write screen, where the document pane is. */
export function documentCommands(documents: DocumentsState, shell: ShellState): readonly Command[] {
  const { language } = shell;
  const visibilityKeys = shortcut('D', 'shift');
  const command = (id: string, name: string, run: () => void, keys?: string): Command => ({
    id: `document-${id}`,
    name,
    ...(keys === undefined ? {} : { keys }),
    run() {
      shell.screen = 'write';
      run();
    },
  });
  return [
    documents.visible
      ? command('hide', language.text('hide-document'), () => documents.hide(), visibilityKeys)
      : command('show', language.text('show-document'), () => void documents.show(), visibilityKeys),
    command('new', language.text('document-new'), () => void documents.startNew()),
    ...(documents.canRewrite
      ? [
          command('versions', language.text('document-versions'), () => void documents.showVersions()),
          command('actions', language.text('actions'), () => (documents.dialog = 'actions'), shortcut('J')),
          ...documents.customActions.list.map((action) =>
            command(
              `action-${action.id}`,
              language.text('command-action', { name: action.name }),
              () => void documents.rewriting.startCustom(action),
              customShortcut(action) || undefined,
            ),
          ),
          ...builtInActions.map((action) => {
            const name = language.text(action.name);
            return command(
              `action-${action.id}`,
              language.text('command-action', { name }),
              () => void documents.rewriting.startBuiltIn(action, name),
            );
          }),
          command('own', language.text('actions-edit-custom'), () => (documents.dialog = 'custom')),
        ]
      : []),
    ...documents.list.slice(0, maxOpened).map((document) => {
      const title = documentTitle(document) || language.text('document-untitled');
      return command(
        `open-${document.id}`,
        language.text('command-document', { title }),
        () => void documents.open(document.id),
      );
    }),
  ];
}
