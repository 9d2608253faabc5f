import type { Command } from '../shell/commands.ts';
import { builtInActions } from './actions.ts';
import { documentTitle } from './document-title.ts';
import type { Documents } from './documents.svelte.ts';
import type { Language } from '../shell/language.svelte.ts';

/** Documents that are offered among the commands. */
const mostListed = 50;

/** All that can be done with documents from anywhere; `show` brings the view that they are in. */
export function documentCommands(
  documents: Documents,
  language: Language,
  show: () => void,
): readonly Command[] {
  const titleOf = (document: Parameters<typeof documentTitle>[0]) =>
    documentTitle(document) || language.text('document-untitled');
  const command = (id: string, name: string, work: () => void): Command => ({
    id: `document-${id}`,
    name,
    run() {
      show();
      work();
    },
  });
  const actions = [
    ...documents.own.list.map((action) => ({
      id: action.id,
      name: action.name,
      run: () => void documents.rewriting.startOwn(action),
    })),
    ...builtInActions.map((action) => {
      const name = language.text(action.name);
      return { id: action.id, name, run: () => void documents.rewriting.startBuiltIn(action, name) };
    }),
  ];
  return [
    documents.inSight
      ? command('hide', language.text('hide-document'), () => documents.hide())
      : command('show', language.text('show-document'), () => void documents.show()),
    command('new', language.text('document-new'), () => void documents.startNew()),
    ...(documents.canRewrite
      ? [
          command('versions', language.text('document-versions'), () => void documents.showVersions()),
          command('actions', language.text('actions'), () => (documents.dialog = 'actions')),
          ...actions.map(({ id, name, run }) =>
            command(`action-${id}`, language.text('command-action', { name }), run),
          ),
          command('own', language.text('actions-edit-custom'), () => (documents.dialog = 'own')),
        ]
      : []),
    ...documents.list
      .slice(0, mostListed)
      .map((document) =>
        command(
          `open-${document.id}`,
          language.text('command-document', { title: titleOf(document) }),
          () => void documents.open(document.id),
        ),
      ),
  ];
}
