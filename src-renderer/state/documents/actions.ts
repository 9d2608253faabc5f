import type { BuiltInActionId, CustomAction, RewriteMode } from '../../../src-main/contract/document.ts';
import type { RewritePurpose } from '../../../src-main/contract/rewrite/purpose.ts';
import type { Strategy } from '../../../src-main/contract/strategy.ts';
import type { MessageKey } from '../../../src-main/messages/message.ts';

/** How a rewrite is compared with the old text: word by word, or as a whole. */
export type RewriteComparison = 'words' | 'whole';

/** An action on a selection. */
export interface RewriteAction {
  readonly instruction: string;
  readonly mode: RewriteMode;
  readonly purpose: RewritePurpose;
  readonly comparison: RewriteComparison;
  /** That of a custom action; null or absent for the default. */
  readonly strategy?: Strategy | null;
}

export interface BuiltInAction extends RewriteAction {
  readonly id: BuiltInActionId;
  readonly name: Extract<MessageKey, `action-${string}`>;
}

const replace = { mode: 'replace', comparison: 'words' } as const;
const whole = { mode: 'replace', comparison: 'whole' } as const;

/** The built-in actions, in the order of the menu. The model reads the instructions. */
export const builtInActions = [
  {
    id: 'rewrite',
    name: 'action-rewrite',
    purpose: 'reword',
    instruction: 'Rewrite this text in other words and keep its meaning:',
    ...replace,
  },
  {
    id: 'grammar',
    name: 'action-grammar',
    purpose: 'correct',
    instruction: 'Correct the grammar and spelling of this text and change nothing else:',
    ...replace,
  },
  {
    id: 'shorten',
    name: 'action-shorten',
    purpose: 'shorten',
    instruction: 'Make this text shorter and keep what matters:',
    ...replace,
  },
  {
    id: 'expand',
    name: 'action-expand',
    purpose: 'expand',
    instruction: 'Make this text longer, with more details:',
    ...replace,
  },
  {
    id: 'simplify',
    name: 'action-simplify',
    purpose: 'simplify',
    instruction: 'Say this in simple words and short sentences:',
    ...replace,
  },
  {
    id: 'formal',
    name: 'action-formal',
    purpose: 'reword',
    instruction: 'Rewrite this text in a formal tone:',
    ...replace,
  },
  {
    id: 'friendly',
    name: 'action-friendly',
    purpose: 'reword',
    instruction: 'Rewrite this text in a warm and friendly tone:',
    ...replace,
  },
  {
    id: 'confident',
    name: 'action-confident',
    purpose: 'reword',
    instruction: 'Rewrite this text in a confident tone:',
    ...replace,
  },
  {
    id: 'neutral',
    name: 'action-neutral',
    purpose: 'reword',
    instruction: 'Rewrite this text in a calm and neutral tone:',
    ...replace,
  },
  {
    id: 'english',
    name: 'action-english',
    purpose: 'to-english',
    instruction: 'Translate this text into English:',
    ...whole,
  },
  {
    id: 'chinese',
    name: 'action-chinese',
    purpose: 'to-chinese',
    instruction: 'Translate this text into Chinese:',
    ...whole,
  },
  {
    id: 'summarise',
    name: 'action-summarise',
    purpose: 'summarise',
    instruction: 'Summarise this text in a few sentences:',
    ...whole,
  },
  {
    id: 'continue',
    name: 'action-continue',
    purpose: 'continue',
    instruction: '',
    mode: 'continue',
    comparison: 'whole',
  },
] as const satisfies readonly BuiltInAction[];

/** An instruction as an action. */
export function instructed({
  instruction,
  strategy = null,
}: Pick<CustomAction, 'instruction'> & Partial<Pick<CustomAction, 'strategy'>>): RewriteAction {
  // The text follows the instruction in the prompt, so it ends with a colon.
  const sentence = instruction.trim();
  const colon = /[\p{L}\p{N}]$/u.test(sentence) ? ':' : '';
  return { instruction: `${sentence}${colon}`, purpose: 'custom', strategy, ...replace };
}
