import type { MessageKey } from '../../messages/message.ts';

/** System prompts that come with the program: what they are called, and what the model is told. */
export const builtInPresets = [
  { id: 'plain', name: 'preset-plain', text: null },
  { id: 'editor', name: 'preset-editor', text: 'preset-editor-text' },
  { id: 'storyteller', name: 'preset-storyteller', text: 'preset-storyteller-text' },
  { id: 'email', name: 'preset-email', text: 'preset-email-text' },
  { id: 'brainstorm', name: 'preset-brainstorm', text: 'preset-brainstorm-text' },
] as const satisfies readonly {
  readonly id: string;
  readonly name: MessageKey;
  readonly text: MessageKey | null;
}[];
