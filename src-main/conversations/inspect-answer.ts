import { ForedraftError } from '../contract/error.ts';
import type { InspectedToken } from '../contract/inspection.ts';
import type { HostClient } from '../host/client.ts';
import type { EngineLock } from '../runs/engine-lock.ts';
import { readyModel } from '../runs/engine-lock.ts';
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

/** Alternatives listed per token. */
const alternatives = 10;

/**
 * Recomputes the distributions at positions of a stored answer; empty if a person wrote it.
 * @throws ForedraftError `not-found`, `engine-busy`, `engine-unavailable`, `model-missing` if the model that wrote it
 * isn't loaded, and as `HostCalls.inspect`
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
  const model = readyModel(engine.status);
  if (model.id !== run.modelId) {
    throw new ForedraftError(
      'model-missing',
      `This answer was written by ${run.modelId} and ${model.id} is loaded: load ${run.modelId} to look at its alternatives.`,
      { written: run.modelId, loaded: model.id },
    );
  }
  const { systemPrompt } = conversations.get(conversationId);
  const messages = chatPrompt(systemPrompt, path.slice(0, -1));
  const tokens = conversations.tokensOf(answer).map(({ id }) => id);
  const release = lock.acquire('looking at an answer');
  try {
    const { strategy } = run;
    const part = { tokens, first, count, withPolicy, alternatives };
    return await engine.call('inspect', { prompt: { messages }, strategy, ...part });
  } finally {
    release();
  }
}
