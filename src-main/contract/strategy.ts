import * as v from 'valibot';
import { ForedraftError } from './error.ts';
import { adjustmentEntries, samplingEntries } from './policy-settings.ts';
import type { SettingRange } from './setting.ts';
import { numberWithin } from './setting.ts';
import { strategyFault } from './strategy-fault.ts';

/** Ranges of the settings of searches and of speculation. */
export const strategyRanges = {
  width: { minimum: 1, maximum: 32, step: 1, whole: true },
  lengthPenalty: { minimum: -5, maximum: 5, step: 0.1 },
  best: { minimum: 1, maximum: 32, step: 1, whole: true },
  groups: { minimum: 1, maximum: 32, step: 1, whole: true },
  diversityPenalty: { minimum: 0, maximum: 10, step: 0.1 },
  minimumLength: { minimum: 0, maximum: 8192, step: 1, whole: true },
  noRepeatNgram: { minimum: 0, maximum: 100, step: 1, whole: true },
  candidates: { minimum: 1, maximum: 16, step: 1, whole: true },
  alternatives: { minimum: 1, maximum: 16, step: 1, whole: true },
  tokensPerRound: { minimum: 1, maximum: 32, step: 1, whole: true },
  seed: { minimum: 0, maximum: 4294967295, step: 1, whole: true },
  draftLength: { minimum: 1, maximum: 16, step: 1, whole: true },
  penalty: { minimum: 0, maximum: 1, step: 0.05 },
  topK: { minimum: 1, maximum: 64, step: 1, whole: true },
} as const satisfies Readonly<Record<string, SettingRange>>;

const number = (name: keyof typeof strategyRanges) => numberWithin(name, strategyRanges[name]);

const greedySchema = v.strictObject({ kind: v.literal('greedy'), ...adjustmentEntries });
const samplingSchema = v.strictObject({ kind: v.literal('sampling'), ...samplingEntries });

const searchEntries = {
  /** 0 compares sums of log-probabilities, 1 means; more favours long texts. */
  lengthPenalty: v.optional(number('lengthPenalty'), 1),
  /** Hypotheses that are returned. */
  best: v.optional(number('best'), 1),
  minimumLength: v.optional(number('minimumLength'), 0),
  noRepeatNgram: v.optional(number('noRepeatNgram'), 0),
};

const beamSchema = v.pipe(
  v.strictObject({
    kind: v.literal('beam'),
    ...searchEntries,
    width: v.optional(number('width'), 4),
    earlyStopping: v.optional(v.union([v.boolean(), v.literal('never')]), false),
    groups: v.optional(number('groups'), 1),
    diversityPenalty: v.optional(number('diversityPenalty'), 0),
    /** Draws the survivors of a step instead of taking the best: beam sampling. */
    sample: v.optional(v.boolean(), false),
    seed: v.optional(number('seed'), 0),
  }),
  v.check(({ width, groups }) => width % groups === 0, 'width must be a multiple of groups'),
  v.check(({ width, best }) => best <= width, 'best must be at most width'),
  v.check(({ sample, groups }) => !sample || groups === 1, 'sample needs groups to be 1'),
);

/** Branches that one round of candidate-set decoding may have. */
const mostExtensions = 64;

const candidateSetSchema = v.pipe(
  v.strictObject({
    kind: v.literal('candidate-set'),
    ...searchEntries,
    lengthPenalty: v.optional(number('lengthPenalty'), 0),
    candidates: v.optional(number('candidates'), 4),
    alternatives: v.optional(number('alternatives'), 3),
    tokensPerRound: v.optional(number('tokensPerRound'), 4),
    policy: v.optional(v.picklist(['greedy', 'beam', 'sampling']), 'beam'),
    seed: v.optional(number('seed'), 0),
  }),
  v.check(
    ({ candidates, alternatives }) => candidates * alternatives <= mostExtensions,
    `candidates times alternatives must be at most ${mostExtensions}`,
  ),
  v.check(({ candidates, best }) => best <= candidates, 'best must be at most candidates'),
);

/** How tokens are chosen, where speculation only makes that faster. */
const policy = v.optional(v.variant('kind', [greedySchema, samplingSchema]), { kind: 'greedy' });
/** The id of an installed model with the same vocabulary. */
const draftModel = v.pipe(v.string('draftModel must be the name of an installed model'), v.minLength(1));

const speculativeSchema = v.pipe(
  v.strictObject({
    kind: v.literal('speculative'),
    /** combined: prompt lookup first, and the draft model where it finds nothing. */
    proposer: v.optional(v.picklist(['prompt-lookup', 'draft-model', 'combined']), 'prompt-lookup'),
    draftModel: v.optional(draftModel),
    /** Tokens that are drafted at a time; adaptive: as many as pay on this machine. */
    draftLength: v.optional(v.union([v.literal('adaptive'), number('draftLength')]), 'adaptive'),
    /** same-text: the text of plain decoding; rejection: its distribution. */
    acceptance: v.optional(v.picklist(['same-text', 'rejection']), 'same-text'),
    policy,
  }),
  v.check(
    ({ proposer, draftModel: draft }) => proposer === 'prompt-lookup' || draft !== undefined,
    'proposer needs a draftModel, the name of an installed model',
  ),
  v.check(
    ({ proposer, draftModel: draft }) => proposer !== 'prompt-lookup' || draft === undefined,
    'draftModel goes with the proposer draft-model or combined',
  ),
);

/** Speculates with whatever pays on this machine, and not at all where nothing does: same text, never slower. */
const autoSchema = v.strictObject({
  kind: v.literal('auto'),
  /** Drafts where prompt lookup finds nothing; default none. */
  draftModel: v.optional(draftModel),
  policy,
});

const contrastiveSchema = v.strictObject({
  kind: v.literal('contrastive'),
  penalty: v.optional(number('penalty'), 0.6),
  topK: v.optional(number('topK'), 4),
});

export const strategySchema = v.variant('kind', [
  autoSchema,
  greedySchema,
  samplingSchema,
  beamSchema,
  candidateSetSchema,
  speculativeSchema,
  contrastiveSchema,
]);

/** How the text is chosen. Illegal combinations can't be written. */
export type Strategy = Readonly<v.InferOutput<typeof strategySchema>>;
export type StrategyKind = Strategy['kind'];
export type GreedyStrategy = Extract<Strategy, { kind: 'greedy' }>;
export type SamplingStrategy = Extract<Strategy, { kind: 'sampling' }>;
export type BeamStrategy = Extract<Strategy, { kind: 'beam' }>;
export type CandidateSetStrategy = Extract<Strategy, { kind: 'candidate-set' }>;
export type SpeculativeStrategy = Extract<Strategy, { kind: 'speculative' }>;
export type AutoStrategy = Extract<Strategy, { kind: 'auto' }>;
/** What chooses one token after another. */
export type TokenStrategy = GreedyStrategy | SamplingStrategy;
/** What a person or a file writes: settings left out take their defaults. */
export type StrategyInput = Readonly<v.InferInput<typeof strategySchema>>;

export const strategyKinds: readonly StrategyKind[] = [
  'auto',
  'greedy',
  'sampling',
  'beam',
  'candidate-set',
  'speculative',
  'contrastive',
];

/** The model that drafts for `strategy`, where one does. */
export function draftModelOf(strategy: Strategy): string | undefined {
  return strategy.kind === 'auto' || strategy.kind === 'speculative' ? strategy.draftModel : undefined;
}

/** What chooses the tokens of `strategy` one after another, where something does. */
export function tokenStrategyOf(strategy: Strategy): TokenStrategy | undefined {
  if (strategy.kind === 'greedy' || strategy.kind === 'sampling') return strategy;
  return strategy.kind === 'auto' || strategy.kind === 'speculative' ? strategy.policy : undefined;
}

/** `strategy` with another seed, or undefined where nothing in it is drawn. */
export function withSeed(strategy: Strategy, seed: number): Strategy | undefined {
  if ('seed' in strategy) return { ...strategy, seed };
  if ('policy' in strategy && typeof strategy.policy === 'object' && strategy.policy.kind === 'sampling') {
    return { ...strategy, policy: { ...strategy.policy, seed } } as Strategy;
  }
  return undefined;
}

/**
 * The strategy that `input` describes, with defaults filled in.
 * @throws ForedraftError `settings-invalid`, naming the first setting at fault.
 */
export function parseStrategy(input: unknown): Strategy {
  const parsed = v.safeParse(strategySchema, input);
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0];
  throw new ForedraftError('settings-invalid', strategyFault(issue, strategyKinds), {
    setting: v.getDotPath(issue) ?? 'strategy',
  });
}
