import * as v from 'valibot';
import type { SettingRange } from './setting.ts';
import { number, numberWithin, optionalNumber, seed, stopAtLoops } from './setting.ts';

/** Headings that a form folds the rarer settings under, in order. */
export const policySections = ['repetition', 'truncation', 'heat', 'surprise', 'length'] as const;
export type PolicySection = (typeof policySections)[number];

/**
 * A setting that is left out by default. At `neutral` it changes nothing; one that refines another setting has its
 * default there.
 */
const off = (neutral: number, section: PolicySection, range: SettingRange) => ({
  ...optionalNumber(range, { section }),
  neutral,
});

/** A setting with a default. At `neutral` it changes nothing. */
const on = (neutral: number, standard: number, range: SettingRange) => ({
  ...number(range, standard),
  neutral,
});

const repetitionPenalty = { minimum: 0.5, maximum: 2, step: 0.01 };

/** Change single scores before a token is chosen, greedily or by sampling. */
const adjustments = {
  repetitionPenalty: { ...optionalNumber(repetitionPenalty, { initial: 1 }), neutral: 1 },
  presencePenalty: off(0, 'repetition', { minimum: -2, maximum: 2, step: 0.1 }),
  frequencyPenalty: off(0, 'repetition', { minimum: -2, maximum: 2, step: 0.1 }),
  /** How many of the last tokens the penalties and DRY consider; 0 is all. */
  penaltyWindow: off(0, 'repetition', { minimum: 0, maximum: 8192, step: 64, whole: true }),
  noRepeatNgram: off(0, 'repetition', { minimum: 0, maximum: 100, step: 1, whole: true }),
  dryMultiplier: off(0, 'repetition', { minimum: 0, maximum: 5, step: 0.1 }),
  dryBase: off(1.75, 'repetition', { minimum: 1, maximum: 4, step: 0.05 }),
  dryAllowedLength: off(2, 'repetition', { minimum: 1, maximum: 100, step: 1, whole: true }),
  /** In tokens. */
  minimumLength: off(0, 'length', { minimum: 0, maximum: 8192, step: 1, whole: true }),
  forcedWordBias: off(4, 'length', { minimum: 0, maximum: 100, step: 1 }),
};

/** Shape the distribution that a token is sampled from; always shown. */
const commonSampling = {
  temperature: on(1, 0.7, { minimum: 0.01, maximum: 5, step: 0.05 }),
  /** Keeps the k most likely tokens; 0 keeps all. */
  topK: on(0, 40, { minimum: 0, maximum: 1000, step: 1, whole: true }),
  topP: on(1, 0.95, { minimum: 0.01, maximum: 1, step: 0.01 }),
  minP: on(0, 0, { minimum: 0, maximum: 0.99, step: 0.01 }),
};

/** The rarer ones. */
const furtherSampling = {
  temperatureSpread: off(0, 'heat', { minimum: 0, maximum: 5, step: 0.05 }),
  temperatureExponent: off(1, 'heat', { minimum: 0.01, maximum: 10, step: 0.1 }),
  typical: off(1, 'truncation', { minimum: 0.01, maximum: 1, step: 0.01 }),
  topNSigma: off(0, 'truncation', { minimum: 0, maximum: 10, step: 0.1 }),
  epsilonCutoff: off(0, 'truncation', { minimum: 0, maximum: 0.99, step: 0.001 }),
  etaCutoff: off(0, 'truncation', { minimum: 0, maximum: 0.99, step: 0.001 }),
  xtcProbability: off(0, 'surprise', { minimum: 0, maximum: 1, step: 0.05 }),
  xtcThreshold: off(0.1, 'surprise', { minimum: 0, maximum: 0.5, step: 0.01 }),
  /** Bits per token. */
  mirostatTarget: off(0, 'heat', { minimum: 0, maximum: 20, step: 0.1 }),
  mirostatRate: off(0.1, 'heat', { minimum: 0.001, maximum: 1, step: 0.01 }),
};

const word = v.pipe(v.string(), v.minLength(1, 'a word must not be empty'), v.maxLength(200));
const bias = v.strictObject({
  text: word,
  bias: numberWithin('bias', { minimum: -100, maximum: 100, step: 1 }),
});
const listOf = <Item extends v.GenericSchema>(item: Item) => ({
  schema: (_name: string) => v.exactOptional(v.pipe(v.array(item), v.maxLength(100))),
  control: { type: 'words' } as const,
});

const words = { bannedWords: listOf(word), forcedWords: listOf(word), logitBias: listOf(bias) };

/** Settings of a policy that chooses the most likely token. */
export const greedySettings = { ...adjustments, ...words, stopAtLoops };

/** Settings of a policy that samples a token. */
export const samplingSettings = {
  ...commonSampling,
  ...greedySettings,
  repetitionPenalty: on(1, 1, repetitionPenalty),
  seed,
  ...furtherSampling,
};

const numbers = { ...commonSampling, ...adjustments, ...furtherSampling };
export type PolicyNumber = keyof typeof numbers;

/** The neutral value of each number: together they leave the model's distribution unchanged. */
export const neutralPolicy = Object.fromEntries(
  Object.entries(numbers).map(([name, { neutral }]) => [name, neutral]),
) as Readonly<Record<PolicyNumber, number>>;
