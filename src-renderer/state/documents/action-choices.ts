import type { CustomAction } from '../../../src-main/contract/document.ts';
import type { MessageKey } from '../../messages/message.ts';
import { builtInActions, instructed, type RewriteAction } from './actions.ts';
import type { Documents } from './documents.svelte.ts';
import type { Language } from '../shell/language.svelte.ts';
import { shortcut } from '../../components/shell/shortcut.ts';

/** Something in the menu of actions. */
export interface ActionChoice {
  readonly id: string;
  readonly name: string;
  /** Its keys, in words; '' where it has none. */
  readonly keys: string;
  /** What it does with the passage; null where it does something else. */
  readonly action: RewriteAction | null;
  readonly run: () => void;
}

export interface ActionGroup {
  readonly name: string;
  readonly choices: readonly ActionChoice[];
}

const groups = [
  { name: 'actions-edit', ids: ['grammar', 'rewrite', 'simplify'] },
  { name: 'actions-length', ids: ['shorten', 'expand', 'summarise', 'continue'] },
  { name: 'actions-tone', ids: ['formal', 'friendly', 'confident', 'neutral'] },
  { name: 'actions-language', ids: ['english', 'chinese'] },
] as const satisfies readonly { readonly name: MessageKey; readonly ids: readonly string[] }[];

/** The keys of an own action. */
export function ownShortcut(action: Pick<CustomAction, 'shortcut'>): string {
  if (action.shortcut === null) return '';
  return shortcut(action.shortcut, 'alt');
}

/** All actions whose names hold every word of `query`; a person's own first. Behind them, `query` as an instruction. */
export function actionGroups(
  documents: Documents,
  language: Language,
  query: string,
): readonly ActionGroup[] {
  const own: ActionGroup = {
    name: language.text('actions-custom'),
    choices: documents.own.list.map((action) => ({
      id: action.id,
      name: action.name,
      keys: ownShortcut(action),
      action: instructed(action),
      run: () => void documents.rewriting.startOwn(action),
    })),
  };
  const builtIn = groups.map(({ name, ids }) => ({
    name: language.text(name),
    choices: ids.flatMap((id) =>
      builtInActions
        .filter((action) => action.id === id)
        .map((action) => {
          const words = language.text(action.name);
          const run = () => void documents.rewriting.startBuiltIn(action, words);
          return { id, name: words, keys: '', action, run };
        }),
    ),
  }));
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const found = [own, ...builtIn].map(({ name, choices }) => ({
    name,
    choices: choices.filter((choice) => words.every((word) => choice.name.toLowerCase().includes(word))),
  }));
  return [...found, instruction(documents, language, query.trim())].filter(
    ({ choices }) => choices.length > 0,
  );
}

function instruction(documents: Documents, language: Language, text: string): ActionGroup {
  const group = language.text('actions-custom-instruction');
  if (text === '') return { name: group, choices: [] };
  const name = [...text].slice(0, 40).join('');
  return {
    name: group,
    choices: [
      {
        id: 'instruct',
        name: language.text('actions-instruct', { text }),
        keys: '',
        action: instructed({ instruction: text }),
        run: () => void documents.rewriting.startOwn({ name, instruction: text }),
      },
      {
        id: 'keep',
        name: language.text('actions-save', { text }),
        keys: '',
        action: null,
        run: () => documents.writeOwn(text),
      },
    ],
  };
}
