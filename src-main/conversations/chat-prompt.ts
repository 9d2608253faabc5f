import type { ChatMessage } from '../contract/chat.ts';
import type { Message } from '../contract/conversation.ts';

/** The messages of a prompt: the system prompt unless it is blank, then the path of the tree to the question. */
export function chatPrompt(systemPrompt: string, path: readonly Message[]): readonly ChatMessage[] {
  const turns = path.map(({ role, content }) => ({ role, content }));
  return systemPrompt.trim() === '' ? turns : [{ role: 'system', content: systemPrompt }, ...turns];
}
