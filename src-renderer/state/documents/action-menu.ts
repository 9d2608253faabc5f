import type { CustomAction } from '../../../src-main/contract/document.ts';
import type { ModelCard } from '../../../src-main/contract/model-card.ts';
import { modelFit } from '../../../src-main/contract/rewrite/model-fit.ts';
import type { MessageKey } from '../../../src-main/messages/message.ts';
import { builtInActions, instructed, type RewriteAction } from './actions.ts';
import type { DocumentsState } from './documents-state.svelte.ts';
import type { Language } from '../shell/language.svelte.ts';
import { containsAll, wordsOf } from '../shell/search.ts';
import { shortcut } from '../shell/shortcut.ts';
import { firstCharacters } from '../../../src-main/contract/graphemes.ts';

/** An entry of the action menu. */
export interface ActionChoice {
  readonly id: string;
  readonly name: string;
  /** As written on this system; '' if it has no shortcut. */
  readonly keys: string;
  /** What is known of the model at hand and this action; '' if nothing. */
  readonly note: string;
  /** The rewrite it starts; null if it starts none. */
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

/** The keys of a custom action; '' if it has none. */
export function customShortcut(action: Pick<CustomAction, 'shortcut'>): string {
  if (action.shortcut === null) return '';
  return shortcut(action.shortcut, 'alt');
}

/** Whether `model` is so small that its rewrites should be read closely, whatever the action. */
export function needsCloseLook(model: Pick<ModelCard, 'parameters'> | null): boolean {
  return model !== null && modelFit('correct', model.parameters) !== 'fit';
}

/** The actions whose names contain every word of `query`, custom ones first; then `query` itself as an instruction. */
export function actionGroups(
  documents: DocumentsState,
  language: Language,
  query: string,
  model: Pick<ModelCard, 'parameters'> | null,
): readonly ActionGroup[] {
  const custom: ActionGroup = {
    name: language.text('actions-custom'),
    choices: documents.customActions.list.map((action) => ({
      id: action.id,
      name: action.name,
      keys: customShortcut(action),
      note: '',
      action: instructed(action),
      run: () => void documents.rewriting.startCustom(action),
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
          const beyond = model !== null && modelFit(action.purpose, model.parameters) === 'beyond';
          const note = beyond ? language.text('actions-beyond-model') : '';
          return { id, name: words, keys: '', note, action, run };
        }),
    ),
  }));
  const words = wordsOf(query);
  const found = [custom, ...builtIn].map(({ name, choices }) => ({
    name,
    choices: choices.filter((choice) => containsAll(choice.name, words)),
  }));
  return [...found, instruction(documents, language, query.trim())].filter(
    ({ choices }) => choices.length > 0,
  );
}

function instruction(documents: DocumentsState, language: Language, text: string): ActionGroup {
  const group = language.text('actions-custom-instruction');
  if (text === '') return { name: group, choices: [] };
  const name = firstCharacters(text, 40);
  return {
    name: group,
    choices: [
      {
        id: 'instruct',
        name: language.text('actions-instruct', { text }),
        keys: '',
        note: '',
        action: instructed({ instruction: text }),
        run: () => void documents.rewriting.startCustom({ name, instruction: text }),
      },
      {
        id: 'save',
        name: language.text('actions-save', { text }),
        keys: '',
        note: '',
        action: null,
        run: () => documents.addCustomAction(text),
      },
    ],
  };
}
