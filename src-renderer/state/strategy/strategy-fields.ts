import { maximumAnswerTokens } from '../../../src-main/contract/generation.ts';
import {
  adjustmentRanges,
  furtherSamplingRanges,
  samplingRanges,
} from '../../../src-main/contract/policy-settings.ts';
import type { SettingRange } from '../../../src-main/contract/setting.ts';
import type { StrategyKind } from '../../../src-main/contract/strategy.ts';
import { strategyRanges } from '../../../src-main/contract/strategy.ts';

const { noRepeatNgram, minimumLength, ...adjustments } = adjustmentRanges;

/** Every number that can be set. Where two strategies give one name another default, the second has a name here. */
export const ranges = {
  ...adjustments,
  policyNoRepeatNgram: noRepeatNgram,
  policyMinimumLength: minimumLength,
  ...furtherSamplingRanges,
  ...samplingRanges,
  width: strategyRanges.width,
  lengthPenalty: strategyRanges.lengthPenalty,
  groups: strategyRanges.groups,
  diversityPenalty: strategyRanges.diversityPenalty,
  best: strategyRanges.best,
  minimumLength: strategyRanges.minimumLength,
  noRepeatNgram: strategyRanges.noRepeatNgram,
  searchSeed: strategyRanges.seed,
  candidates: strategyRanges.candidates,
  alternatives: strategyRanges.alternatives,
  tokensPerRound: strategyRanges.tokensPerRound,
  candidateLengthPenalty: strategyRanges.lengthPenalty,
  draftLength: strategyRanges.draftLength,
  penalty: strategyRanges.penalty,
  contrastiveTopK: strategyRanges.topK,
  maxTokens: { minimum: 1, maximum: maximumAnswerTokens, step: 64, whole: true },
} as const satisfies Readonly<Record<string, SettingRange>>;

export type Field = keyof typeof ranges;
export const fields = Object.keys(ranges) as Field[];

const renamed: Readonly<Partial<Record<Field, string>>> = {
  policyNoRepeatNgram: 'noRepeatNgram',
  policyMinimumLength: 'minimumLength',
  searchSeed: 'seed',
  candidateLengthPenalty: 'lengthPenalty',
  contrastiveTopK: 'topK',
};

/** The setting of a strategy that a field stands for. */
export function settingOf(field: Field): string {
  return renamed[field] ?? field;
}

/** How tokens are chosen one after another. */
export type PolicyKind = 'greedy' | 'sampling';
export type SectionName = 'repetition' | 'length' | 'truncation' | 'heat' | 'surprise';

/** Settings that are off while their field is empty, by what they do. */
export const sections: Readonly<Record<SectionName, readonly Field[]>> = {
  repetition: [
    'presencePenalty',
    'frequencyPenalty',
    'penaltyWindow',
    'policyNoRepeatNgram',
    'dryMultiplier',
    'dryBase',
    'dryAllowedLength',
  ],
  length: ['policyMinimumLength', 'forcedWordBias'],
  truncation: ['typical', 'topNSigma', 'epsilonCutoff', 'etaCutoff'],
  heat: ['temperatureSpread', 'temperatureExponent', 'mirostatTarget', 'mirostatRate'],
  surprise: ['xtcProbability', 'xtcThreshold'],
};

/** The sections that a policy has: greedy takes the likeliest token, so that only what changes scores counts. */
export const sectionsOf: Readonly<Record<PolicyKind, readonly SectionName[]>> = {
  greedy: ['repetition', 'length'],
  sampling: ['repetition', 'truncation', 'heat', 'surprise', 'length'],
};

/** Fields that are always in sight, by what chooses the tokens. */
export const policyFields: Readonly<Record<PolicyKind, readonly Field[]>> = {
  greedy: ['repetitionPenalty'],
  sampling: ['temperature', 'topK', 'topP', 'minP', 'repetitionPenalty', 'seed'],
};

/** Fields of each kind of strategy, without those of its policy and those that hang on a choice. */
export const fieldsOf: Readonly<Record<StrategyKind, readonly Field[]>> = {
  auto: [],
  greedy: [],
  sampling: [],
  speculative: [],
  contrastive: ['penalty', 'contrastiveTopK'],
  beam: ['width', 'best', 'lengthPenalty', 'groups', 'diversityPenalty', 'noRepeatNgram', 'minimumLength'],
  'candidate-set': [
    'candidates',
    'alternatives',
    'tokensPerRound',
    'best',
    'candidateLengthPenalty',
    'noRepeatNgram',
    'minimumLength',
  ],
};

const optionalFields = new Set<Field>(Object.values(sections).flat());

/** Why what stands in a field can't be used. */
export type Fault = 'empty' | 'not-a-number' | 'not-whole' | 'out-of-range';

/** What is wrong with `text` as the value of `field`; null if nothing is. */
export function faultOf(field: Field, text: string): Fault | null {
  const trimmed = text.trim();
  if (trimmed === '') return optionalFields.has(field) ? null : 'empty';
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(trimmed)) return 'not-a-number';
  const value = Number(trimmed);
  const range: SettingRange = ranges[field];
  if (value < range.minimum || value > range.maximum) return 'out-of-range';
  return range.whole === true && !Number.isInteger(value) ? 'not-whole' : null;
}
