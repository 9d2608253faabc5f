import type { CustomAction } from '../../../src-main/contract/document.ts';
import type { ModelCard } from '../../../src-main/contract/model-card.ts';
import { type ActionFit, actionFit, modelFit } from '../../../src-main/contract/rewrite/model-fit.ts';
import { passageLanguage } from '../../../src-main/contract/rewrite/passage-language.ts';
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
  /** Why the model at hand does it badly, in a few words; '' if it doesn't, or nothing is known. */
  readonly note: string;
  /** What is known of the model at hand and this action, and what to do; '' if nothing. */
  readonly advice: string;
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

type FitModel = Pick<ModelCard, 'parameters' | 'actions'>;

/**
 * The actions whose names contain every word of `query`, custom ones first; then `query` itself as an instruction. In
 * each group, those come first that the model was measured to do well, and last those that it does badly.
 * @param passage what they are to rewrite; its language decides which figures count
 */
export function actionGroups(
  documents: DocumentsState,
  language: Language,
  query: string,
  model: FitModel | null,
  passage = '',
): readonly ActionGroup[] {
  const passageIn = passageLanguage(passage) ?? (passage.trim() === '' ? 'en' : null);
  const small = model !== null && modelFit('reword', model.parameters) !== 'fit';
  const fitOf = (action: RewriteAction, id: string | null): ActionFit | null =>
    model === null ? null : actionFit({ id, purpose: action.purpose }, model, passageIn);
  const custom: ActionGroup = {
    name: language.text('actions-custom'),
    choices: documents.customActions.list.map((action) => ({
      id: action.id,
      name: action.name,
      keys: customShortcut(action),
      ...wordsOfFit(language, fitOf(instructed(action), null), small),
      action: instructed(action),
      run: () => void documents.rewriting.startCustom(action),
    })),
  };
  const builtIn = groups.map(({ name, ids }) => ({
    name: language.text(name),
    choices: ids
      .map((id) => builtInActions.find((action) => action.id === id)!)
      .map((action) => ({ action, fit: fitOf(action, action.id) }))
      .sort((one, other) => rankOf(one.fit) - rankOf(other.fit))
      .map(({ action, fit }) => {
        const words = language.text(action.name);
        const run = () => void documents.rewriting.startBuiltIn(action, words);
        return { id: action.id, name: words, keys: '', ...wordsOfFit(language, fit, small), action, run };
      }),
  }));
  const words = wordsOf(query);
  const found = [custom, ...builtIn].map(({ name, choices }) => ({
    name,
    choices: choices.filter((choice) => containsAll(choice.name, words)),
  }));
  const asked = wordsOfFit(language, fitOf(instructed({ instruction: query }), null), small);
  return [...found, instruction(documents, language, query.trim(), asked)].filter(
    ({ choices }) => choices.length > 0,
  );
}

/** Its place in a group; what isn't measured keeps the menu's order between the good and the poor ones. */
function rankOf(fit: ActionFit | null): number {
  if (fit?.kind === 'good') return 0;
  return fit?.kind === 'poor' ? 2 : 1;
}

/** @param small whether larger models do better */
function wordsOfFit(
  language: Language,
  fit: ActionFit | null,
  small: boolean,
): Pick<ActionChoice, 'note' | 'advice'> {
  switch (fit?.kind) {
    case undefined:
    case 'fit':
      return { note: '', advice: '' };
    case 'doubtful':
      return { note: '', advice: language.text('actions-small-model') };
    case 'beyond':
      return {
        note: language.text('actions-beyond-model'),
        advice: language.text('actions-beyond-advice'),
      };
    case 'good': {
      const { usable, passages } = fit.figure;
      return { note: '', advice: language.text('actions-usable-figures', { usable, passages }) };
    }
    case 'poor': {
      const { usable, passages, harmful, language: written } = fit.figure;
      const figures =
        harmful === 0
          ? language.text('actions-usable-figures', { usable, passages })
          : language.text('actions-poor-figures', { usable, passages, harmful });
      const remedy = small ? 'actions-larger-advice' : 'actions-close-look';
      const advice = language.text(written === 'zh' ? 'actions-chinese-advice' : remedy);
      return {
        note: language.text('actions-poor', { usable, passages }),
        advice: language.text('actions-poor-advice', { figures, remedy: advice }),
      };
    }
  }
}

function instruction(
  documents: DocumentsState,
  language: Language,
  text: string,
  fit: Pick<ActionChoice, 'note' | 'advice'>,
): ActionGroup {
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
        ...fit,
        action: instructed({ instruction: text }),
        run: () => void documents.rewriting.startCustom({ name, instruction: text }),
      },
      {
        id: 'save',
        name: language.text('actions-save', { text }),
        keys: '',
        note: '',
        advice: '',
        action: null,
        run: () => documents.addCustomAction(text),
      },
    ],
  };
}
