import { ForedraftError } from '../contract/error.ts';
import type { EndReason, GenerationEvent, TokenEvent } from '../contract/generation.ts';
import type { Strategy } from '../contract/strategy.ts';
import type { Step } from './decode/stepwise.ts';
import { stepwise } from './decode/stepwise.ts';
import { logSumExp } from './distribution.ts';
import type { LanguageModel, Sequence, TokenId } from './model.ts';
import { seededNoise } from './noise.ts';
import { policyOf } from './policy/compose.ts';
import { prefill } from './prefill.ts';
import { RunCounters } from './run-counters.ts';
import type { TextPiece } from './stop-texts.ts';
import { StopTexts } from './stop-texts.ts';
import { topAlternatives } from './top-alternatives.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface GenerationInput {
  readonly model: LanguageModel;
  /** Its cache is reused as far as its tokens agree with the prompt. */
  readonly sequence: Sequence;
  readonly prompt: readonly TokenId[];
  readonly vocabulary: Vocabulary;
  readonly strategy: Strategy;
  readonly maxTokens: number;
  readonly stopTexts: readonly string[];
  readonly alternatives: number;
  /** Once `aborted`, the generation ends with reason `stopped` before its next token. */
  readonly signal: { readonly aborted: boolean };
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
}

/**
 * Generates an answer: progress of the prompt, one event for every token, then `end`.
 * Each token's text holds whole characters; the texts joined are the answer, without end token and
 * stop text.
 * @throws ForedraftError `prompt-empty` or `prompt-too-long`, before anything is computed
 */
export async function* generate(input: GenerationInput): AsyncGenerator<GenerationEvent, void> {
  const { model, prompt, signal } = input;
  checkPrompt(prompt.length, model.contextLength);
  const counters = new RunCounters(input.now);
  const sequence = counters.watch(input.sequence);
  const stops = new StopTexts<Omit<TokenEvent, 'text'>>(input.stopTexts);
  const decoder = input.vocabulary.textDecoder();
  let reason: EndReason = 'stopped';
  counters.promptTokens = prompt.length;

  try {
    let read = -1;
    for await (const done of prefill(sequence, prompt)) {
      if (read < 0) counters.reusedTokens = done;
      read = done;
      yield { type: 'prompt-progress', done, total: prompt.length };
      if (signal.aborted) break;
    }
    let position = 0;
    const noise = seededNoise(input.strategy.kind === 'sampling' ? input.strategy.seed : 0);
    const steps = signal.aborted ? [] : stepwise(sequence, prompt, policyOf(input.strategy), noise);
    for await (const step of steps) {
      if (position === 0) yield { type: 'prompt-progress', done: prompt.length, total: prompt.length };
      const event = tokenEvent(step, position, input);
      counters.countToken(event.logProbability);
      position++;
      const ended = model.endTokens.has(step.token);
      const pieces = stops.add({ event, text: ended ? '' : decoder.add(step.token) });
      yield* settled(pieces);
      const end = ended
        ? 'end-token'
        : stops.stopped
          ? 'stop-text'
          : position >= input.maxTokens
            ? 'length'
            : prompt.length + position >= model.contextLength
              ? 'context-full'
              : signal.aborted
                ? 'stopped'
                : undefined;
      if (end) {
        reason = end;
        break;
      }
    }
  } catch (error) {
    const interrupted = error instanceof ForedraftError && error.code === 'run-interrupted';
    if (!(interrupted && signal.aborted)) throw error;
  }
  yield* settled(stops.flush());
  yield { type: 'end', reason, statistics: counters.statistics() };
}

function* settled(pieces: TextPiece<Omit<TokenEvent, 'text'>>[]): Generator<TokenEvent, void> {
  for (const { event, text } of pieces) yield { ...event, text };
}

function tokenEvent(step: Step, position: number, input: GenerationInput): Omit<TokenEvent, 'text'> {
  const normaliser = logSumExp(step.logits);
  const event = {
    type: 'token',
    position,
    id: step.token,
    logProbability: step.logits[step.token]! - normaliser,
    policyLogProbability: Math.log(step.policyProbability),
  } as const;
  if (input.alternatives === 0) return event;
  return {
    ...event,
    alternatives: topAlternatives(step.logits, normaliser, input.alternatives, input.vocabulary),
  };
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
