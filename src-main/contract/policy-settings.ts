import * as v from 'valibot';
import type { SettingRange } from './setting.ts';
import { numberWithin } from './setting.ts';

/** What changes scores before a token is chosen, whichever way it is chosen. */
export const adjustmentRanges = {
  repetitionPenalty: { minimum: 0.5, maximum: 2, step: 0.01 },
  presencePenalty: { minimum: -2, maximum: 2, step: 0.1 },
  frequencyPenalty: { minimum: -2, maximum: 2, step: 0.1 },
  penaltyWindow: { minimum: 0, maximum: 8192, step: 64, whole: true },
  dryMultiplier: { minimum: 0, maximum: 5, step: 0.1 },
  dryBase: { minimum: 1, maximum: 4, step: 0.05 },
  dryAllowedLength: { minimum: 1, maximum: 100, step: 1, whole: true },
  noRepeatNgram: { minimum: 0, maximum: 100, step: 1, whole: true },
  minimumLength: { minimum: 0, maximum: 8192, step: 1, whole: true },
  forcedWordBias: { minimum: 0, maximum: 100, step: 1 },
} as const satisfies Readonly<Record<string, SettingRange>>;

/** What shapes the distribution that a token is drawn from. */
export const samplingRanges = {
  temperature: { minimum: 0.01, maximum: 5, step: 0.05 },
  topK: { minimum: 0, maximum: 1000, step: 1, whole: true },
  topP: { minimum: 0.01, maximum: 1, step: 0.01 },
  minP: { minimum: 0, maximum: 0.99, step: 0.01 },
  repetitionPenalty: adjustmentRanges.repetitionPenalty,
  seed: { minimum: 0, maximum: 4294967295, step: 1, whole: true },
} as const satisfies Readonly<Record<string, SettingRange>>;

/** The rarer ones. */
export const furtherSamplingRanges = {
  temperatureSpread: { minimum: 0, maximum: 5, step: 0.05 },
  temperatureExponent: { minimum: 0.01, maximum: 10, step: 0.1 },
  typical: { minimum: 0.01, maximum: 1, step: 0.01 },
  topNSigma: { minimum: 0, maximum: 10, step: 0.1 },
  epsilonCutoff: { minimum: 0, maximum: 0.99, step: 0.001 },
  etaCutoff: { minimum: 0, maximum: 0.99, step: 0.001 },
  xtcProbability: { minimum: 0, maximum: 1, step: 0.05 },
  xtcThreshold: { minimum: 0, maximum: 0.5, step: 0.01 },
  mirostatTarget: { minimum: 0, maximum: 20, step: 0.1 },
  mirostatRate: { minimum: 0.001, maximum: 1, step: 0.01 },
} as const satisfies Readonly<Record<string, SettingRange>>;

const word = v.pipe(v.string(), v.minLength(1, 'a word must not be empty'), v.maxLength(200));
const words = v.pipe(v.array(word), v.maxLength(100));
const bias = v.strictObject({
  text: word,
  bias: numberWithin('bias', { minimum: -100, maximum: 100, step: 1 }),
});

const optional = (ranges: Readonly<Record<string, SettingRange>>, name: string) =>
  v.exactOptional(numberWithin(name, ranges[name]!));

/** Settings left out are off; the engine's `policyOff` says what that is for each. */
export const adjustmentEntries = {
  repetitionPenalty: optional(adjustmentRanges, 'repetitionPenalty'),
  presencePenalty: optional(adjustmentRanges, 'presencePenalty'),
  frequencyPenalty: optional(adjustmentRanges, 'frequencyPenalty'),
  penaltyWindow: optional(adjustmentRanges, 'penaltyWindow'),
  dryMultiplier: optional(adjustmentRanges, 'dryMultiplier'),
  dryBase: optional(adjustmentRanges, 'dryBase'),
  dryAllowedLength: optional(adjustmentRanges, 'dryAllowedLength'),
  noRepeatNgram: optional(adjustmentRanges, 'noRepeatNgram'),
  minimumLength: optional(adjustmentRanges, 'minimumLength'),
  forcedWordBias: optional(adjustmentRanges, 'forcedWordBias'),
  bannedWords: v.exactOptional(words),
  forcedWords: v.exactOptional(words),
  logitBias: v.exactOptional(v.pipe(v.array(bias), v.maxLength(100))),
};

export const samplingEntries = {
  ...adjustmentEntries,
  temperature: v.optional(numberWithin('temperature', samplingRanges.temperature), 0.7),
  /** Keep the k most likely tokens; 0 keeps all. */
  topK: v.optional(numberWithin('topK', samplingRanges.topK), 40),
  topP: v.optional(numberWithin('topP', samplingRanges.topP), 0.95),
  minP: v.optional(numberWithin('minP', samplingRanges.minP), 0),
  repetitionPenalty: v.optional(numberWithin('repetitionPenalty', samplingRanges.repetitionPenalty), 1),
  seed: v.optional(numberWithin('seed', samplingRanges.seed), 0),
  temperatureSpread: optional(furtherSamplingRanges, 'temperatureSpread'),
  temperatureExponent: optional(furtherSamplingRanges, 'temperatureExponent'),
  typical: optional(furtherSamplingRanges, 'typical'),
  topNSigma: optional(furtherSamplingRanges, 'topNSigma'),
  epsilonCutoff: optional(furtherSamplingRanges, 'epsilonCutoff'),
  etaCutoff: optional(furtherSamplingRanges, 'etaCutoff'),
  xtcProbability: optional(furtherSamplingRanges, 'xtcProbability'),
  xtcThreshold: optional(furtherSamplingRanges, 'xtcThreshold'),
  mirostatTarget: optional(furtherSamplingRanges, 'mirostatTarget'),
  mirostatRate: optional(furtherSamplingRanges, 'mirostatRate'),
};
