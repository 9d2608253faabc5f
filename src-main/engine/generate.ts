import { ForedraftError } from '../contract/error.ts';
import type { EndReason, GenerationEvent, TokenEvent } from '../contract/generation.ts';
import type { Strategy } from '../contract/strategy.ts';
import { logSumExp } from './distribution.ts';
import type { Experience } from './speculate/adaptive-length.ts';
import { newExperience } from './speculate/adaptive-length.ts';
import type { LanguageModel, Sequence, TokenId } from './model.ts';
import { policyAlternatives } from './policy-alternatives.ts';
import { prefill } from './prefill.ts';
import { RunCounters } from './run-counters.ts';
import type { TextPiece } from './stop-texts.ts';
import { StopTexts } from './stop-texts.ts';
import type { DecodedToken } from './strategy/decoded.ts';
import type { Drafter } from './speculate/proposer-of.ts';
import { decoderOf, endsByItself, readsPrompt } from './strategy/decoder.ts';
import { topAlternatives } from './top-alternatives.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface GenerationInput {
  readonly model: LanguageModel;
  /** Its cache is reused as far as its tokens agree with the prompt. */
  readonly sequence: Sequence;
  readonly prompt: readonly TokenId[];
  /** Tokens that the answer already has, read behind the prompt; default none. */
  readonly answerPrefix?: readonly TokenId[];
  readonly vocabulary: Vocabulary;
  /** The tokens of a text, for words that a strategy's settings name. */
  readonly encode: (text: string) => readonly TokenId[];
  readonly strategy: Strategy;
  readonly maxTokens: number;
  readonly stopTexts: readonly string[];
  readonly alternatives: number;
  /** Once `aborted`, the generation ends with reason `stopped` before its next token. */
  readonly signal: { readonly aborted: boolean };
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  /** Texts that speculation looks its guesses up in, besides the prompt; default none. */
  readonly references?: readonly (readonly TokenId[])[];
  /** The model that the strategy names for drafting, its vocabulary compared; default none. */
  readonly drafter?: Drafter;
  /** What earlier generations learned about this machine; default nothing. */
  readonly experience?: Experience;
}

type HeldToken = Omit<TokenEvent, 'text'>;

/**
 * Generates an answer: progress of the prompt, one event for every token and what the strategy reports, then
 * `end`. Only new tokens are told, at their place in the answer. Each token's text holds whole characters;
 * the texts joined are the answer, without end token and stop text.
 * @throws ForedraftError `prompt-empty` or `prompt-too-long`, before anything is computed
 */
export async function* generate(input: GenerationInput): AsyncGenerator<GenerationEvent, void> {
  const { model, signal, strategy } = input;
  const prompt = [...input.prompt, ...(input.answerPrefix ?? [])];
  checkPrompt(prompt.length, model.contextLength);
  const counters = new RunCounters(input.now);
  const sequence = counters.watch(input.sequence);
  const stops = new StopTexts<HeldToken>(input.stopTexts);
  let reason: EndReason = 'stopped';
  counters.promptTokens = prompt.length;

  try {
    let read = -1;
    for await (const done of prefill(sequence, readsPrompt(strategy) ? prompt.slice(0, 1) : prompt)) {
      if (read < 0) counters.reusedTokens = readsPrompt(strategy) ? 0 : done;
      read = done;
      yield { type: 'prompt-progress', done, total: prompt.length };
      if (signal.aborted) break;
    }
    if (!signal.aborted) reason = yield* answer({ ...input, prompt }, sequence, counters, stops);
  } catch (error) {
    const interrupted = error instanceof ForedraftError && error.code === 'run-interrupted';
    if (!(interrupted && signal.aborted)) throw error;
  }
  yield* settled(stops.flush());
  yield { type: 'end', reason, statistics: counters.statistics() };
}

/** The events of the answer itself, behind a prompt that ends with what is begun; returns why it ended. */
async function* answer(
  input: GenerationInput,
  sequence: Sequence,
  counters: RunCounters,
  stops: StopTexts<HeldToken>,
): AsyncGenerator<GenerationEvent, EndReason> {
  const {
    model,
    prompt,
    vocabulary,
    signal,
    strategy,
    experience = newExperience(),
    references = [],
    answerPrefix = [],
  } = input;
  const room = model.contextLength - prompt.length;
  const { endTokens, contextLength, vocabularySize } = model;
  const { stopTexts, alternatives, encode, now } = input;
  const maxTokens = Math.min(input.maxTokens, room);
  const isStopped = () => signal.aborted;
  const decoded = decoderOf(
    strategy,
    {
      prompt,
      answerPrefix: answerPrefix.length,
      endTokens,
      contextLength,
      maxTokens,
      stopTexts,
      alternatives,
      vocabularySize,
      references,
      encode,
      now,
    },
    { sequence, vocabulary, experience, drafter: input.drafter, isStopped },
  );
  const decoder = vocabulary.textDecoder();
  // A character may be begun there and ended by the first new token.
  for (const token of answerPrefix) decoder.add(token);
  let tokens = 0;
  let started = false;
  let last: TokenId | undefined;
  for await (const item of decoded) {
    if (!started) yield { type: 'prompt-progress', done: prompt.length, total: prompt.length };
    started = true;
    if (item.type !== 'decoded-token') {
      if (item.type === 'round') counters.countRound(item.proposed.length, item.accepted);
      yield item;
      continue;
    }
    const event = tokenEvent(item, answerPrefix.length + tokens, input);
    counters.countToken(item.token, event.logProbability, endTokens.has(item.token));
    tokens++;
    last = item.token;
    const ended = endTokens.has(item.token);
    yield* settled(stops.add({ event, text: ended ? '' : decoder.add(item.token) }));
    // A search tells its results behind its last token, and ends by itself.
    if (endsByItself(strategy)) continue;
    if (ended) return 'end-token';
    if (stops.stopped) return 'stop-text';
    if (tokens >= maxTokens) return maxTokens < input.maxTokens ? 'context-full' : 'length';
    if (signal.aborted) return 'stopped';
  }
  if (last !== undefined && endTokens.has(last)) return 'end-token';
  if (stops.stopped) return 'stop-text';
  if (signal.aborted) return 'stopped';
  return maxTokens < input.maxTokens && tokens >= maxTokens ? 'context-full' : 'length';
}

function* settled(pieces: TextPiece<HeldToken>[]): Generator<TokenEvent, void> {
  for (const { event, text } of pieces) yield { ...event, text };
}

function tokenEvent(item: DecodedToken, position: number, input: GenerationInput): HeldToken {
  const { token, logits, origin } = item;
  const normaliser = logits ? logSumExp(logits) : 0;
  const event = {
    type: 'token',
    position,
    id: token,
    logProbability: item.logProbability ?? (logits ? logits[token]! - normaliser : 0),
    policyLogProbability: item.policyLogProbability,
    ...(origin ? { origin } : {}),
  } as const;
  if (input.alternatives === 0) return event;
  const alternatives =
    item.alternatives ??
    (logits ? topAlternatives(logits, normaliser, input.alternatives, input.vocabulary) : []);
  if (!item.distribution) return { ...event, alternatives };
  const afterPolicy = policyAlternatives(item.distribution, input.alternatives, input.vocabulary);
  return { ...event, alternatives, policyAlternatives: afterPolicy };
}

function checkPrompt(length: number, contextLength: number): void {
  if (length === 0) {
    throw new ForedraftError('prompt-empty', 'The prompt is empty: write something to answer to.');
  }
  if (length >= contextLength) {
    throw new ForedraftError(
      'prompt-too-long',
      `The prompt has ${length} tokens and the model's context holds ${contextLength}: shorten it so that an answer fits.`,
      { tokens: length, contextLength },
    );
  }
}
