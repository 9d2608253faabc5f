import type { TokenId } from '../model.ts';
import { penaliseRepeatedSequences } from './dry.ts';
import { forceWords } from './forced-words.ts';
import { applyLogitBiases, banWords } from './logit-bias.ts';
import { banEarlyEnd } from './minimum-length.ts';
import { banRepeatedNgrams } from './no-repeat-ngram.ts';
import { penaliseOccurrence } from './occurrence-penalties.ts';
import { penaliseRepetition } from './repetition-penalty.ts';
import type { PolicyRun, PolicySettings } from './settings.ts';

/** Changes scores in place, by what the context holds. */
export type Adjustment = (scores: Float32Array, context: readonly TokenId[]) => void;

/**
 * The steps of a policy that change single scores, in their order; those that are off are left out. Beam search
 * uses them without the rest.
 */
export function adjustmentsOf(settings: PolicySettings, run: PolicyRun): readonly Adjustment[] {
  const { repetitionPenalty, noRepeatNgram, minimumLength, logitBiases, bannedWords, forcedWords } = settings;
  const { promptLength, endTokens } = run;
  const range = settings.penaltyWindow > 0 ? settings.penaltyWindow : Infinity;
  const first = (context: readonly TokenId[]) => Math.max(0, context.length - range);
  const penalties = { presence: settings.presencePenalty, frequency: settings.frequencyPenalty };
  const dry = {
    multiplier: settings.dryMultiplier,
    base: settings.dryBase,
    allowedLength: settings.dryAllowedLength,
    breakers: settings.dryBreakers,
  };
  const steps: readonly (readonly [boolean, Adjustment])[] = [
    [logitBiases.length > 0, (scores, context) => applyLogitBiases(scores, context, logitBiases)],
    [
      repetitionPenalty !== 1,
      (scores, context) => penaliseRepetition(scores, context, repetitionPenalty, first(context)),
    ],
    [
      penalties.presence !== 0 || penalties.frequency !== 0,
      (scores, context) =>
        penaliseOccurrence(scores, context, penalties, Math.max(promptLength, first(context))),
    ],
    [
      dry.multiplier > 0,
      (scores, context) => penaliseRepeatedSequences(scores, context, dry, first(context)),
    ],
    [noRepeatNgram > 0, (scores, context) => banRepeatedNgrams(scores, context, noRepeatNgram)],
    [bannedWords.length > 0, (scores, context) => banWords(scores, context, bannedWords)],
    [
      forcedWords.length > 0,
      (scores, context) =>
        forceWords(scores, context, forcedWords, settings.forcedWordBias, endTokens, promptLength),
    ],
    [
      minimumLength > 0,
      (scores, context) => banEarlyEnd(scores, context.length - promptLength, minimumLength, endTokens),
    ],
  ];
  return steps.flatMap(([on, step]) => (on ? [step] : []));
}
