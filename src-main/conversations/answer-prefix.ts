import { ForedraftError } from '../contract/error.ts';
import type { PrefixToken } from '../contract/generation.ts';
import type { Message } from '../contract/conversation.ts';
import type { Run, RunToken } from '../contract/run.ts';
import type { HostClient } from '../host/client.ts';

/** Where an answer is continued. */
export interface Continuation {
  /** How many of its tokens the continuation starts with; null: all but an end token. */
  readonly keepTokens: number | null;
  /** Id of a token to append to them, or null. */
  readonly token: number | null;
}

export interface AnswerPrefix {
  readonly tokens: readonly RunToken[];
  /** Whether the last token ends the answer, so that nothing is left to generate. */
  readonly ends: boolean;
}

/**
 * The tokens that a continuation of `answer` starts with: the recorded ones, or, if the user or another model wrote it,
 * the tokenization of its text.
 * @param recorded the answer's tokens; empty if the user wrote it
 * @param modelId the model that continues it
 * @throws ForedraftError `model-missing` if a token of another model was chosen, and as `HostCalls.tokenize`
 */
export async function answerPrefixOf(
  answer: Message,
  recorded: readonly RunToken[],
  { keepTokens, token }: Continuation,
  modelId: string,
  engine: Pick<HostClient, 'call'>,
): Promise<AnswerPrefix> {
  const sameModel = answer.run?.modelId === modelId;
  if (answer.run !== null && !sameModel && token !== null) throw otherModel(answer.run.modelId, modelId);
  const written = sameModel
    ? recorded
    : (await engine.call('tokenize', { text: answer.content })).map(runTokenFrom);
  const ended = sameModel && (await endsWithEndToken(answer.run, recorded, engine));
  const end = ended ? written.length - 1 : written.length;
  const tokens = written.slice(0, Math.min(keepTokens ?? end, end));
  if (token === null) return { tokens, ends: false };
  // Tokenized after the others, which may hold the first bytes of its character.
  const prefix = await engine.call('tokenize', { tokens: [...tokens.map(({ id }) => id), token] });
  const chosen = prefix.at(-1);
  if (!chosen) return { tokens, ends: false };
  return { tokens: [...tokens, runTokenFrom(chosen, tokens.length)], ends: chosen.ends };
}

async function endsWithEndToken(
  { endReason }: Pick<Run, 'endReason'>,
  tokens: readonly RunToken[],
  engine: Pick<HostClient, 'call'>,
): Promise<boolean> {
  const last = tokens.at(-1);
  // A run that was interrupted while its text was read again has its last token, and no reason.
  if (endReason !== null || last?.text !== '') return endReason === 'end-token';
  const [token] = await engine.call('tokenize', { tokens: [last.id] });
  return token?.ends ?? false;
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
