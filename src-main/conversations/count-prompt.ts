import type { ChatMessage } from '../contract/chat.ts';
import type { History } from './history.ts';
import type { HostClient } from '../host/client.ts';
import { chatPrompt } from './chat-prompt.ts';

/** A message that might be sent. */
export interface PlannedQuestion {
  /** null for a conversation that isn't kept yet. */
  readonly conversationId: string | null;
  readonly parentId: string | null;
  /** Of a conversation that isn't kept yet. */
  readonly systemPrompt: string;
  /** '' for what is there already. */
  readonly text: string;
}

/**
 * The tokens of all that the model would read, template included; exact.
 * @throws ForedraftError `not-found`, and as `HostCalls.countTokens`
 */
export async function countPrompt(
  history: Pick<History, 'conversation' | 'pathTo'>,
  engine: Pick<HostClient, 'call'>,
  { conversationId, parentId, systemPrompt, text }: PlannedQuestion,
): Promise<number> {
  const kept = conversationId === null ? systemPrompt : history.conversation(conversationId).systemPrompt;
  const path = conversationId === null || parentId === null ? [] : history.pathTo(conversationId, parentId);
  const planned: readonly ChatMessage[] = text === '' ? [] : [{ role: 'user', content: text }];
  const messages = [...chatPrompt(kept, path), ...planned];
  return messages.length === 0 ? 0 : engine.call('countTokens', messages);
}
