import * as v from 'valibot';
import { ForedraftError } from './error.ts';
import { strategyFault } from './strategy-fault.ts';
import { auto } from './strategy/auto.ts';
import { beam } from './strategy/beam.ts';
import { candidateSet } from './strategy/candidate-set.ts';
import { contrastive } from './strategy/contrastive.ts';
import type { StrategyDescription } from './strategy/description.ts';
import { greedy } from './strategy/greedy.ts';
import { sampling } from './strategy/sampling.ts';
import { maxSeed } from './strategy/setting.ts';
import { speculative } from './strategy/speculative.ts';

/** Every strategy. All that parses, shows or lists strategies derives from their descriptions. */
export const strategies = [auto, greedy, sampling, beam, candidateSet, speculative, contrastive] as const;

export const strategySchema = v.variant(
  'kind',
  strategies.map(({ schema }) => schema),
);

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
/** What makes another strategy faster: the strategies with a policy of their own. */
export type Speculation = Extract<Strategy, { policy: TokenStrategy }>;
/** A strategy as written in a request or a file: omitted settings take their defaults. */
export type StrategyInput = Readonly<v.InferInput<typeof strategySchema>>;

/** Names of the ways in which valid settings don't go together. */
export type ConflictKind = Conflicts<(typeof strategies)[number]['rules'][number]>;
type Conflicts<Of> = Of extends { readonly conflict: infer Kind extends string } ? Kind : never;

export const strategyKinds: readonly StrategyKind[] = strategies.map(({ kind }) => kind);

const byKind: ReadonlyMap<string, StrategyDescription> = new Map(
  strategies.map((description) => [description.kind, description]),
);

export function descriptionOf(kind: StrategyKind): StrategyDescription {
  return byKind.get(kind)!;
}

/** Whether `strategy` drafts tokens and verifies them, for the text of its policy. */
export function isSpeculation(strategy: Strategy): strategy is Speculation {
  return 'policy' in strategy && typeof strategy.policy === 'object';
}

/** The model that drafts for `strategy`, if it names one. */
export function draftModelOf(strategy: Strategy): string | undefined {
  return isSpeculation(strategy) ? strategy.draftModel : undefined;
}

/** What chooses the tokens of `strategy` one after another; undefined for searches and the like. */
export function tokenStrategyOf(strategy: Strategy): TokenStrategy | undefined {
  if (isSpeculation(strategy)) return strategy.policy;
  return strategy.kind === 'greedy' || strategy.kind === 'sampling' ? strategy : undefined;
}

/** Whether a text of `strategy` ends once it only repeats itself. */
export function stopsAtLoops(strategy: Strategy): boolean {
  const settings = isSpeculation(strategy) ? strategy.policy : strategy;
  return settings.stopAtLoops ?? false;
}

/** Whether, with these settings, the text depends on a seed. */
export function draws(strategy: Strategy): boolean {
  return descriptionOf(strategy.kind).draws(strategy);
}

/** The seed of `strategy`, or of its policy; undefined if it draws nothing. */
export function seedOf(strategy: Strategy): number | undefined {
  if (!draws(strategy)) return undefined;
  if ('seed' in strategy) return strategy.seed;
  return isSpeculation(strategy) ? seedOf(strategy.policy) : undefined;
}

/** `strategy` with another seed; undefined if it draws nothing. */
export function withSeed(strategy: Strategy, seed: number): Strategy | undefined {
  if (!draws(strategy)) return undefined;
  if (!isSpeculation(strategy)) return { ...strategy, seed } as Strategy;
  return { ...strategy, policy: { ...strategy.policy, seed } as TokenStrategy };
}

/** `strategy` with its seed advanced by `by`, after the highest from 0 on; the same strategy if it draws nothing. */
export function withSeedAdvanced(strategy: Strategy, by: number): Strategy {
  const seed = seedOf(strategy);
  if (seed === undefined || by === 0) return strategy;
  return withSeed(strategy, (seed + by) % (maxSeed + 1)) ?? strategy;
}

/** The search `strategy` for its `count` best hypotheses; undefined if it is no search. */
export function withBest(strategy: Strategy, count: number): Strategy | undefined {
  const changes = descriptionOf(strategy.kind).withBest?.(strategy, count);
  return changes && ({ ...strategy, ...changes } as Strategy);
}

/** The stored strategy `input`, with defaults filled in; null if this version can't use it. */
export function usableStrategy(input: unknown): Strategy | null {
  const parsed = v.safeParse(strategySchema, input);
  return parsed.success ? parsed.output : null;
}

/**
 * The strategy that `input` describes, with defaults filled in.
 * @throws ForedraftError `settings-invalid`, naming the first setting at fault
 */
export function parseStrategy(input: unknown): Strategy {
  const parsed = v.safeParse(strategySchema, input);
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0];
  throw new ForedraftError('settings-invalid', strategyFault(issue, strategyKinds), {
    setting: v.getDotPath(issue) ?? 'strategy',
  });
}
