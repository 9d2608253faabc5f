import { askedWhen, type ChatPrompt, withSystemPrompt } from '../contract/chat.ts';
import type { Message } from '../contract/conversation.ts';

/**
 * The prompt of an answer: the system prompt unless it is blank, then the path of the tree to the question, whose date
 * it has.
 */
export function chatPrompt(systemPrompt: string, path: readonly Message[]): ChatPrompt {
  const turns = path.map(({ role, content }) => ({ role, content }));
  const question = path.at(-1);
  return {
    messages: withSystemPrompt(systemPrompt, turns),
    ...(question && askedWhen(question)),
  };
}
