import type { InspectedToken } from '../contract/inspection.ts';
import type { HostClient } from '../host/client.ts';
import type { EngineLock } from '../runs/engine-lock.ts';
import { inspectRun } from '../runs/inspect-run.ts';
import { chatPrompt } from './chat-prompt.ts';
import type { Conversations } from './conversations.ts';

export interface AnswerPart {
  readonly conversationId: string;
  readonly messageId: string;
  /** As in InspectionRequest. */
  readonly first: number;
  readonly count: number;
  readonly withPolicy?: boolean | undefined;
}

/**
 * Recomputes the distributions at positions of a stored answer; empty if the user wrote it.
 * @throws ForedraftError `not-found`, and as `inspectRun`
 */
export async function inspectAnswer(
  conversations: Conversations,
  engine: Pick<HostClient, 'status' | 'call'>,
  lock: EngineLock,
  { conversationId, messageId, first, count, withPolicy = true }: AnswerPart,
): Promise<readonly InspectedToken[]> {
  const path = conversations.pathTo(conversationId, messageId);
  const answer = path.at(-1);
  const run = answer?.run;
  if (!run) return [];
  const { systemPrompt } = conversations.get(conversationId);
  const prompt = chatPrompt(systemPrompt, path.slice(0, -1));
  const tokens = conversations.tokensOf(answer).map(({ id }) => id);
  const part = { tokens, first, count, withPolicy };
  return inspectRun(engine, lock, run, { prompt, strategy: run.strategy, ...part });
}
