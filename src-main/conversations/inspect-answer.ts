import { ForedraftError } from '../contract/error.ts';
import type { InspectedToken } from '../contract/inspection.ts';
import type { History } from './history.ts';
import type { HostClient } from '../host/client.ts';
import type { EngineLock } from '../runs/engine-lock.ts';
import { readyModel } from '../runs/engine-lock.ts';
import { chatPrompt } from './chat-prompt.ts';

export interface AnswerPart {
  readonly conversationId: string;
  readonly messageId: string;
  /** As in InspectionRequest. */
  readonly first: number;
  readonly count: number;
  readonly withPolicy?: boolean | undefined;
}

/** How many alternatives of each token are listed. */
const alternatives = 10;

/**
 * What the model thought at the places of a kept answer; none for a text that no model wrote.
 * @throws ForedraftError `not-found`, `engine-busy`, `engine-unavailable`, `model-missing` where another model is
 * loaded than the one that wrote it, and as `HostCalls.inspect`
 */
export async function inspectAnswer(
  history: History,
  engine: Pick<HostClient, 'status' | 'call'>,
  turn: EngineLock,
  { conversationId, messageId, first, count, withPolicy = true }: AnswerPart,
): Promise<readonly InspectedToken[]> {
  const path = history.pathTo(conversationId, messageId);
  const run = path.at(-1)?.run ?? null;
  if (run === null) return [];
  const model = readyModel(engine.status);
  if (model.id !== run.modelId) {
    throw new ForedraftError(
      'model-missing',
      `This answer was written by ${run.modelId} and ${model.id} is loaded: load ${run.modelId} to look at its alternatives.`,
      { written: run.modelId, loaded: model.id },
    );
  }
  const { systemPrompt } = history.conversation(conversationId);
  const messages = chatPrompt(systemPrompt, path.slice(0, -1));
  const tokens = history.tokensOf(run.id).map(({ id }) => id);
  const release = turn.take('looking at an answer');
  try {
    const { strategy } = run;
    const part = { tokens, first, count, withPolicy, alternatives };
    return await engine.call('inspect', { prompt: { messages }, strategy, ...part });
  } finally {
    release();
  }
}
