import { ForedraftError } from '../contract/error.ts';
import type { EndReason, GenerationEvent, TokenEvent } from '../contract/generation.ts';
import type { Strategy } from '../contract/strategy.ts';
import { stopsAtLoops, tokenStrategyOf } from '../contract/strategy.ts';
import { LoopWatch } from '../contract/text-loop.ts';
import { policyAlternatives, topAlternatives } from './alternatives.ts';
import { logSumExp } from './distribution.ts';
import type { LanguageModel, Sequence, TokenId } from './model.ts';
import { policyOf } from './policy/policy-of.ts';
import { prefill } from './prefill.ts';
import { rescore } from './rescore.ts';
import { RunCounters } from './run-counters.ts';
import { CostModel } from './speculate/cost-model.ts';
import type { Drafter } from './speculate/draft-model.ts';
import type { TextPiece } from './stop-texts.ts';
import { StopTexts } from './stop-texts.ts';
import type { DecodedToken, Decoder } from './strategy/decoder.ts';
import { decoderOf } from './strategy/decoders.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface GenerationInput {
  readonly model: LanguageModel;
  /** Its cache is reused as far as its tokens agree with the prompt. */
  readonly sequence: Sequence;
  readonly prompt: readonly TokenId[];
  /** Tokens that the answer already has, read after the prompt; default none. */
  readonly answerPrefix?: readonly TokenId[];
  readonly vocabulary: Vocabulary;
  readonly strategy: Strategy;
  readonly maxTokens: number;
  readonly stopTexts: readonly string[];
  /** Whether a loop that the prompt doesn't contain ends the answer; default as the strategy says. */
  readonly stopAtLoops?: boolean;
  readonly alternatives: number;
  /** Once `aborted`, the generation ends with reason `stopped` before its next token. */
  readonly signal: { readonly aborted: boolean };
  /** Monotonic clock, ms. */
  readonly now: () => number;
  /** Texts that prompt lookup searches besides the prompt; default none. */
  readonly references?: readonly (readonly TokenId[])[];
  /** The draft model that the strategy names, its vocabulary compared; default none. */
  readonly drafter?: Drafter;
  /** Position in `answerPrefix` from which its log-probabilities are read again; default none of them. */
  readonly rescoreFrom?: number;
  /** What earlier generations measured on this machine; default nothing. */
  readonly costModel?: CostModel;
}

/** A token's event before its text is settled. */
type PendingToken = Omit<TokenEvent, 'text'>;

/**
 * Generates an answer: progress of the prompt, one event for each token and what the strategy reports, then `end`.
 * Where the strategy's figures may differ from those of a linear read, the finished text is read once and the tokens
 * are rescored, unless the signal is aborted. Only new tokens are reported, at their position in the answer. Each
 * token's text holds whole characters; joined, the texts are the answer, without end token and stop text.
 * @throws ForedraftError `prompt-empty` or `prompt-too-long`, before anything is computed
 */
export async function* generate(input: GenerationInput): AsyncGenerator<GenerationEvent, void> {
  const { model, signal, answerPrefix = [] } = input;
  const context = [...input.prompt, ...answerPrefix];
  checkPrompt(context.length, model.contextLength);
  const decoder = decoderOf(input.strategy);
  const counters = new RunCounters(input.now);
  const sequence = counters.watch(input.sequence);
  const stops = new StopTexts<PendingToken>(input.stopTexts);
  let reason: EndReason = 'stopped';
  counters.promptTokens = context.length;

  try {
    let read = -1;
    for await (const done of decoder.readsPrompt ? [0] : prefill(sequence, context)) {
      if (read < 0) counters.reusedTokens = done;
      read = done;
      yield { type: 'prompt-progress', done, total: context.length };
      if (signal.aborted) break;
    }
    if (!signal.aborted) reason = yield* answer(decoder, context, input, sequence, counters, stops);
  } catch (error) {
    if (!isInterruption(error, signal)) throw error;
  }
  yield* tokenEvents(stops.flush());
  try {
    yield* rescoreAnswer(decoder, input, counters);
  } catch (error) {
    if (!isInterruption(error, signal)) throw error;
  }
  yield { type: 'end', reason, statistics: counters.statistics() };
}

function isInterruption(error: unknown, { aborted }: GenerationInput['signal']): boolean {
  return aborted && error instanceof ForedraftError && error.code === 'run-interrupted';
}

/** Whether a decoder's figures may differ from those of a linear read. */
function isApproximate(decoder: Decoder, { rowAgreement }: LanguageModel): boolean {
  return rowAgreement === 'split' || (rowAgreement === 'linear' && decoder.usesBranches === true);
}

/** Rescores the tokens of the answer, and of its prefix from `rescoreFrom` on, that are approximate. */
async function* rescoreAnswer(
  decoder: Decoder,
  input: GenerationInput,
  counters: RunCounters,
): AsyncGenerator<GenerationEvent, void> {
  const { model, prompt, answerPrefix = [], rescoreFrom = answerPrefix.length, strategy, signal } = input;
  const answer = [...answerPrefix, ...counters.tokens];
  const approximate = isApproximate(decoder, model);
  const end = approximate ? answer.length : answerPrefix.length;
  if (signal.aborted || rescoreFrom >= end) return;
  const policyStrategy = approximate ? tokenStrategyOf(strategy) : undefined;
  const { endTokens, vocabularySize } = model;
  const policyContext = { ...input, endTokens, vocabularySize, promptLength: prompt.length };
  // The sequence itself: these forwards aren't the strategy's.
  for await (const event of rescore({
    ...input,
    ...{ rowAgreement: model.rowAgreement, answer, first: rescoreFrom, end },
    policy: policyStrategy && policyOf(policyStrategy, policyContext),
    policyFrom: answerPrefix.length,
  })) {
    for (const [index, { logProbability }] of event.tokens.entries()) {
      const place = event.position + index - answerPrefix.length;
      if (place >= 0) counters.rescore(place, logProbability);
    }
    yield event;
  }
}

/** The events of the answer itself, after `context`; returns why it ended. */
async function* answer(
  decoder: Decoder,
  context: readonly TokenId[],
  input: GenerationInput,
  sequence: Sequence,
  counters: RunCounters,
  stops: StopTexts<PendingToken>,
): AsyncGenerator<GenerationEvent, EndReason> {
  const { signal, strategy, vocabulary, answerPrefix = [] } = input;
  const { endTokens, contextLength, vocabularySize } = input.model;
  const maxTokens = Math.min(input.maxTokens, contextLength - context.length);
  let promptText: string | undefined;
  const loopSource =
    (input.stopAtLoops ?? stopsAtLoops(strategy))
      ? () => (promptText ??= textOf(input.prompt, vocabulary))
      : undefined;
  const decoded = decoder.decode(strategy, {
    sequence,
    context,
    promptLength: input.prompt.length,
    endTokens,
    contextLength,
    maxTokens,
    stopTexts: input.stopTexts,
    loopSource,
    alternatives: input.alternatives,
    vocabulary,
    vocabularySize,
    references: input.references ?? [],
    drafter: input.drafter,
    costModel: input.costModel ?? new CostModel(),
    isStopped: () => signal.aborted,
    now: input.now,
  });
  const textDecoder = vocabulary.textDecoder();
  const loops = loopSource && new LoopWatch(loopSource);
  // The first new token may complete a character of the prefix.
  for (const token of answerPrefix) loops?.add(textDecoder.add(token));
  let tokens = 0;
  let started = false;
  let looping = false;
  let last: TokenId | undefined;
  for await (const item of decoded) {
    if (!started) yield { type: 'prompt-progress', done: context.length, total: context.length };
    started = true;
    if (item.type !== 'decoded-token') {
      if (item.type === 'round') counters.countRound(item.proposed.length, item.accepted);
      yield item;
      continue;
    }
    const event = pendingToken(item, answerPrefix.length + tokens, decoder, input);
    const ended = endTokens.has(item.token);
    counters.countToken(event, ended);
    tokens++;
    last = item.token;
    const text = ended ? '' : textDecoder.add(item.token);
    looping = loops?.add(text) ?? false;
    yield* tokenEvents(stops.add({ event, text }));
    if (decoder.endsByItself) continue;
    if (ended) return 'end-token';
    if (stops.stopped) return 'stop-text';
    if (looping) return 'loop';
    if (tokens >= maxTokens) return maxTokens < input.maxTokens ? 'context-full' : 'length';
    if (signal.aborted) return 'stopped';
  }
  if (last !== undefined && endTokens.has(last)) return 'end-token';
  if (stops.stopped) return 'stop-text';
  if (signal.aborted) return 'stopped';
  if (looping) return 'loop';
  return maxTokens < input.maxTokens && tokens >= maxTokens ? 'context-full' : 'length';
}

function textOf(tokens: readonly TokenId[], vocabulary: Vocabulary): string {
  const decoder = vocabulary.textDecoder();
  return tokens.map((token) => decoder.add(token)).join('');
}

function* tokenEvents(pieces: TextPiece<PendingToken>[]): Generator<TokenEvent, void> {
  for (const { event, text } of pieces) yield { ...event, text };
}

function pendingToken(
  item: DecodedToken,
  position: number,
  decoder: Decoder,
  input: GenerationInput,
): PendingToken {
  const { token, logits, origin } = item;
  const normaliser = logits ? logSumExp(logits) : 0;
  const event = {
    type: 'token',
    position,
    id: token,
    logProbability: item.logProbability ?? (logits ? logits[token]! - normaliser : 0),
    policyLogProbability: item.policyLogProbability,
    ...(origin ? { origin } : {}),
    ...(isApproximate(decoder, input.model) ? { approximate: true as const } : {}),
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
    const [tokens, capacity] = [length, contextLength].map((count) => count.toLocaleString('en'));
    throw new ForedraftError(
      'prompt-too-long',
      `The prompt has ${tokens} tokens and the model's context holds ${capacity}: shorten it so that an answer fits.`,
      { tokens: length, contextLength },
    );
  }
}
