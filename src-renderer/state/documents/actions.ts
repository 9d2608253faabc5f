import type { CustomAction, RewriteMode } from '../../../src-main/contract/document.ts';
import type { MessageKey } from '../../messages/message.ts';

/** How a rewrite is compared with what was there: word by word, or as one text in place of the other. */
export type RewriteComparison = 'words' | 'whole';

/** Something that is done with a selection. */
export interface RewriteAction {
  readonly instruction: string;
  readonly mode: RewriteMode;
  readonly comparison: RewriteComparison;
}

export interface BuiltInAction extends RewriteAction {
  readonly id: string;
  readonly name: Extract<MessageKey, `action-${string}`>;
}

const replace = { mode: 'replace', comparison: 'words' } as const;
const anew = { mode: 'replace', comparison: 'whole' } as const;

/** What everybody can do with a selection, in the order of the menu. The instructions are what the model reads. */
export const builtInActions = [
  {
    id: 'rewrite',
    name: 'action-rewrite',
    instruction: 'Rewrite this text in other words and keep its meaning:',
    ...replace,
  },
  {
    id: 'grammar',
    name: 'action-grammar',
    instruction: 'Correct the grammar and spelling of this text and change nothing else:',
    ...replace,
  },
  {
    id: 'shorten',
    name: 'action-shorten',
    instruction: 'Make this text shorter and keep what matters:',
    ...replace,
  },
  {
    id: 'expand',
    name: 'action-expand',
    instruction: 'Make this text longer, with more details:',
    ...replace,
  },
  {
    id: 'simplify',
    name: 'action-simplify',
    instruction: 'Say this in simple words and short sentences:',
    ...replace,
  },
  {
    id: 'formal',
    name: 'action-formal',
    instruction: 'Rewrite this text in a formal tone:',
    ...replace,
  },
  {
    id: 'friendly',
    name: 'action-friendly',
    instruction: 'Rewrite this text in a warm and friendly tone:',
    ...replace,
  },
  {
    id: 'confident',
    name: 'action-confident',
    instruction: 'Rewrite this text in a confident tone:',
    ...replace,
  },
  {
    id: 'neutral',
    name: 'action-neutral',
    instruction: 'Rewrite this text in a calm and neutral tone:',
    ...replace,
  },
  {
    id: 'english',
    name: 'action-english',
    instruction: 'Translate this text into English:',
    ...anew,
  },
  {
    id: 'chinese',
    name: 'action-chinese',
    instruction: 'Translate this text into Chinese:',
    ...anew,
  },
  {
    id: 'summarise',
    name: 'action-summarise',
    instruction: 'Summarise this text in a few sentences:',
    ...anew,
  },
  { id: 'continue', name: 'action-continue', instruction: '', mode: 'continue', comparison: 'whole' },
] as const satisfies readonly BuiltInAction[];

/** The action that an instruction in a person's own words is. */
export function instructed({ instruction }: Pick<CustomAction, 'instruction'>): RewriteAction {
  // The text stands below: a sentence that says what to do ends as one that announces it.
  const sentence = instruction.trim();
  return { instruction: /[\p{L}\p{N}]$/u.test(sentence) ? `${sentence}:` : sentence, ...replace };
}
