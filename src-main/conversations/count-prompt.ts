import type { ChatMessage } from '../contract/chat.ts';
import type { HostClient } from '../host/client.ts';
import { chatPrompt } from './chat-prompt.ts';
import type { Conversations } from './conversations.ts';

/** A message that may be sent next. */
export interface PlannedQuestion {
  /** null for a conversation that isn't stored yet. */
  readonly conversationId: string | null;
  readonly parentId: string | null;
  /** The system prompt of a conversation that isn't stored yet. */
  readonly systemPrompt: string;
  /** '' to count only the messages so far. */
  readonly text: string;
}

/**
 * The exact number of tokens in the prompt, chat template included; null if they fill several contexts.
 * @throws ForedraftError `not-found`, and as `HostCalls.countTokens`
 */
export async function countPrompt(
  conversations: Pick<Conversations, 'get' | 'pathTo'>,
  engine: Pick<HostClient, 'call'>,
  { conversationId, parentId, systemPrompt, text }: PlannedQuestion,
): Promise<number | null> {
  const system = conversationId === null ? systemPrompt : conversations.get(conversationId).systemPrompt;
  const path =
    conversationId === null || parentId === null ? [] : conversations.pathTo(conversationId, parentId);
  const planned: readonly ChatMessage[] = text === '' ? [] : [{ role: 'user', content: text }];
  const messages = [...chatPrompt(system, path).messages, ...planned];
  return messages.length === 0 ? 0 : engine.call('countTokens', messages);
}
