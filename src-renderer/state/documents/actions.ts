import type { CustomAction, RewriteMode } from '../../../src-main/contract/document.ts';
import type { MessageKey } from '../../../src-main/messages/message.ts';

/** How a rewrite is compared with the old text: word by word, or as a whole. */
export type RewriteComparison = 'words' | 'whole';

/** An action on a selection. */
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
const whole = { mode: 'replace', comparison: 'whole' } as const;

/** The built-in actions, in the order of the menu. The model reads the instructions. */
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
    ...whole,
  },
  {
    id: 'chinese',
    name: 'action-chinese',
    instruction: 'Translate this text into Chinese:',
    ...whole,
  },
  {
    id: 'summarise',
    name: 'action-summarise',
    instruction: 'Summarise this text in a few sentences:',
    ...whole,
  },
  { id: 'continue', name: 'action-continue', instruction: '', mode: 'continue', comparison: 'whole' },
] as const satisfies readonly BuiltInAction[];

/** An instruction as an action. */
export function instructed({ instruction }: Pick<CustomAction, 'instruction'>): RewriteAction {
  // The text follows the instruction in the prompt, so it ends with a colon.
  const sentence = instruction.trim();
  return { instruction: /[\p{L}\p{N}]$/u.test(sentence) ? `${sentence}:` : sentence, ...replace };
}
