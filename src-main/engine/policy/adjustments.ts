import type { TokenId } from '../model.ts';
import { penaliseRepeatedSequences } from './dry.ts';
import type { Adjustment } from './policy.ts';
import type { PolicyRun, PolicySettings } from './settings.ts';
import { applyLogitBiases, banWords, forceWords } from './words.ts';

/**
 * The steps of a policy that change scores one by one, in the order in which they run; those that are off are left
 * out. `penaltyWindow` limits how far back the penalties and DRY look.
 */
export function adjustmentsOf(settings: PolicySettings, run: PolicyRun): readonly Adjustment[] {
  const { promptLength, endTokens } = run;
  const window = settings.penaltyWindow > 0 ? settings.penaltyWindow : Infinity;
  const windowStart = (context: readonly TokenId[]) => Math.max(0, context.length - window);
  const occurrence = { presence: settings.presencePenalty, frequency: settings.frequencyPenalty };
  const dry = {
    multiplier: settings.dryMultiplier,
    base: settings.dryBase,
    allowedLength: settings.dryAllowedLength,
    breakers: settings.dryBreakers,
  };
  const { repetitionPenalty, noRepeatNgram, minimumLength } = settings;
  const { logitBiases, bannedWords, forcedWords, forcedWordBias } = settings;
  const steps: readonly (readonly [on: boolean, apply: Adjustment['apply']])[] = [
    [logitBiases.length > 0, (scores, context) => applyLogitBiases(scores, context, logitBiases)],
    [
      repetitionPenalty !== 1,
      (scores, context) => penaliseRepetition(scores, context, repetitionPenalty, windowStart(context)),
    ],
    [
      occurrence.presence !== 0 || occurrence.frequency !== 0,
      (scores, context) =>
        penaliseOccurrence(scores, context, occurrence, Math.max(promptLength, windowStart(context))),
    ],
    [
      dry.multiplier > 0,
      (scores, context) => penaliseRepeatedSequences(scores, context, dry, windowStart(context)),
    ],
    [noRepeatNgram > 0, (scores, context) => banRepeatedNgrams(scores, context, noRepeatNgram)],
    [bannedWords.length > 0, (scores, context) => banWords(scores, context, bannedWords)],
    [
      forcedWords.length > 0,
      (scores, context) => forceWords(scores, context, forcedWords, forcedWordBias, endTokens, promptLength),
    ],
    [
      minimumLength > 0,
      (scores, context) => banEarlyEnd(scores, context.length - promptLength, minimumLength, endTokens),
    ],
  ];
  return steps.flatMap(([on, apply]) => (on ? [{ apply }] : []));
}

/**
 * Repetition penalty: divides a positive score by `penalty` and multiplies a negative one, once for every token that
 * occurs in the context, prompt included (Keskar et al. 2019, CTRL). 1 changes nothing.
 * @param scores changed in place
 * @param penalty greater than 0, commonly 1 to 1.3
 * @param start index of the first token of the context that counts
 */
export function penaliseRepetition(
  scores: Float32Array,
  context: readonly TokenId[],
  penalty: number,
  start = 0,
): void {
  if (penalty === 1) return;
  // Flags by token are faster than a set, which would have to be rebuilt for every token of an answer.
  const seen = new Uint8Array(scores.length);
  for (let place = start; place < context.length; place++) {
    const token = context[place]!;
    if (seen[token] !== 0) continue;
    seen[token] = 1;
    const score = scores[token]!;
    scores[token] = score > 0 ? score / penalty : score * penalty;
  }
}

export interface OccurrencePenalties {
  /** Subtracted from the score of every token that occurs: -2 to 2; negative values reward, 0 changes nothing. */
  readonly presence: number;
  /** Subtracted once for each occurrence: -2 to 2; 0 changes nothing. */
  readonly frequency: number;
}

/**
 * Presence and frequency penalty as defined by OpenAI's API, over the answer so far without the prompt.
 * @param scores changed in place
 * @param start index of the first token of the context that counts
 */
export function penaliseOccurrence(
  scores: Float32Array,
  context: readonly TokenId[],
  { presence, frequency }: OccurrencePenalties,
  start: number,
): void {
  if (presence === 0 && frequency === 0) return;
  const counts = new Uint32Array(scores.length);
  for (let place = start; place < context.length; place++) counts[context[place]!]! += 1;
  for (let token = 0; token < counts.length; token++) {
    if (counts[token] !== 0) scores[token]! -= presence + frequency * counts[token]!;
  }
}

/**
 * No-repeat n-gram: bans every token that would complete an n-gram a second time, prompt included (Paulus et al. 2017).
 * @param scores changed in place
 * @param size of the n-grams, at least 1; 0 bans nothing
 */
export function banRepeatedNgrams(scores: Float32Array, context: readonly TokenId[], size: number): void {
  if (size <= 0) return;
  const tail = context.length - size + 1;
  for (let start = 0; start + size <= context.length; start++) {
    let shared = 0;
    while (shared < size - 1 && context[start + shared] === context[tail + shared]) shared++;
    if (shared === size - 1) scores[context[start + size - 1]!] = -Infinity;
  }
}

/**
 * Minimum length: bans the end tokens until the answer has `minimum` tokens.
 * @param scores changed in place
 * @param length tokens of the answer so far
 * @param minimum at least 0; 0 bans nothing
 */
export function banEarlyEnd(
  scores: Float32Array,
  length: number,
  minimum: number,
  endTokens: ReadonlySet<TokenId>,
): void {
  if (length >= minimum) return;
  for (const token of endTokens) scores[token] = -Infinity;
}
