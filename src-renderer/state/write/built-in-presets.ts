import type { MessageKey } from '../../../src-main/messages/message.ts';

/** Built-in system prompts: message keys of the name and the text. */
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
