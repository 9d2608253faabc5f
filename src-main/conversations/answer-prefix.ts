import type { RunToken } from '../contract/run.ts';
import { ForedraftError } from '../contract/error.ts';
import type { PrefixToken } from '../contract/generation.ts';
import type { Message } from '../contract/conversation.ts';
import type { HostClient } from '../host/client.ts';

/** Where an answer is taken up again. */
export interface Continuation {
  /** How many of its tokens are kept; null: all but an end token. */
  readonly keepTokens: number | null;
  /** Id of a token that follows them; null for none. */
  readonly token: number | null;
}

export interface AnswerPrefix {
  readonly tokens: readonly RunToken[];
  /** Whether there is nothing to be written: the last token ends the answer. */
  readonly ends: boolean;
}

/**
 * The tokens that the continuation of `answer` begins with: those that were kept with their numbers, or, where a
 * person or another model wrote it, those that its text is read as.
 * @param kept the answer's tokens, none where no model wrote it
 * @param modelId the model that is to continue it
 * @throws ForedraftError `model-missing` where another model's token was chosen, and as `HostCalls.tokenize`
 */
export async function answerPrefixOf(
  answer: Message,
  kept: readonly RunToken[],
  { keepTokens, token }: Continuation,
  modelId: string,
  engine: Pick<HostClient, 'call'>,
): Promise<AnswerPrefix> {
  const own = answer.run?.modelId === modelId;
  if (answer.run !== null && !own && token !== null) throw otherModel(answer.run.modelId, modelId);
  const written = own ? kept : (await engine.call('tokenize', { text: answer.content })).map(runTokenFrom);
  const end = own && answer.run.endReason === 'end-token' ? written.length - 1 : written.length;
  const tokens = written.slice(0, Math.min(keepTokens ?? end, end));
  if (token === null) return { tokens, ends: false };
  // Read behind the others: a character may be begun by them.
  const read = await engine.call('tokenize', { tokens: [...tokens.map(({ id }) => id), token] });
  const chosen = read.at(-1);
  if (!chosen) return { tokens, ends: false };
  return { tokens: [...tokens, runTokenFrom(chosen, tokens.length)], ends: chosen.ends };
}

function runTokenFrom({ id, text }: PrefixToken, position: number): RunToken {
  return { position, id, text, logProbability: NaN, policyLogProbability: NaN };
}

function otherModel(written: string, loaded: string): ForedraftError {
  return new ForedraftError(
    'model-missing',
    `This answer was written by ${written} and ${loaded} is loaded: load ${written} to continue from another of its tokens.`,
    { written, loaded },
  );
}
