import type { TokenId } from '../model.ts';
import type { LogitBias } from './words.ts';

type Word = readonly TokenId[];

/** The settings of every step of a policy. A step is off at the values in `policyOff`. */
export interface PolicySettings {
  readonly logitBiases: readonly LogitBias[];
  /** Greater than 0, off at 1. */
  readonly repetitionPenalty: number;
  /** -2 to 2, off at 0. */
  readonly presencePenalty: number;
  /** -2 to 2, off at 0. */
  readonly frequencyPenalty: number;
  /** Window of the penalties and DRY, in tokens at the end of the context: at least 0; 0 is all. */
  readonly penaltyWindow: number;
  /** At least 0, off at 0. */
  readonly dryMultiplier: number;
  /** At least 1. */
  readonly dryBase: number;
  /** At least 1. */
  readonly dryAllowedLength: number;
  readonly dryBreakers: ReadonlySet<TokenId>;
  /** At least 0, off at 0. */
  readonly noRepeatNgram: number;
  readonly bannedWords: readonly Word[];
  readonly forcedWords: readonly Word[];
  /** 0 to 100. */
  readonly forcedWordBias: number;
  /** Tokens: at least 0, off at 0. */
  readonly minimumLength: number;
  /** At least 0, off at 0. */
  readonly topNSigma: number;
  /** At least 0.01, off at 1; 0 is greedy. */
  readonly temperature: number;
  /** At least 0; off at 0, where the temperature is fixed. */
  readonly temperatureSpread: number;
  /** Greater than 0. */
  readonly temperatureExponent: number;
  /** At least 0, off at 0. */
  readonly topK: number;
  /** Greater than 0, at most 1; off at 1. */
  readonly topP: number;
  /** 0 to 1, off at 0. */
  readonly minP: number;
  /** Greater than 0, at most 1; off at 1. */
  readonly typical: number;
  /** 0 to 1, off at 0. */
  readonly epsilonCutoff: number;
  /** 0 to 1, off at 0. */
  readonly etaCutoff: number;
  /** 0 to 1, off at 0. */
  readonly xtcProbability: number;
  /** 0 to 0.5. */
  readonly xtcThreshold: number;
  /** Bits per token: at least 0, off at 0. */
  readonly mirostatTarget: number;
  /** Greater than 0, at most 1. */
  readonly mirostatRate: number;
}

/** What a policy needs to know about its run. */
export interface PolicyRun {
  /** Tokens of the prompt: those after them in a context are the answer. */
  readonly promptLength: number;
  readonly endTokens: ReadonlySet<TokenId>;
  /** 0 to 4294967295, the seed that tokens are chosen with. */
  readonly seed: number;
}

/** The values that leave the model's distribution unchanged, and defaults of the settings that refine a step. */
export const policyOff: PolicySettings = {
  logitBiases: [],
  repetitionPenalty: 1,
  presencePenalty: 0,
  frequencyPenalty: 0,
  penaltyWindow: 0,
  dryMultiplier: 0,
  dryBase: 1.75,
  dryAllowedLength: 2,
  dryBreakers: new Set(),
  noRepeatNgram: 0,
  bannedWords: [],
  forcedWords: [],
  forcedWordBias: 4,
  minimumLength: 0,
  topNSigma: 0,
  temperature: 1,
  temperatureSpread: 0,
  temperatureExponent: 1,
  topK: 0,
  topP: 1,
  minP: 0,
  typical: 1,
  epsilonCutoff: 0,
  etaCutoff: 0,
  xtcProbability: 0,
  xtcThreshold: 0.1,
  mirostatTarget: 0,
  mirostatRate: 0.1,
};
